"""What a look may conclude from what a server answers: gone only where the server says so, otherwise rather nothing than a wrong word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from andon.console.measures.visits.reading.compare import compared, post_compared
from andon.console.measures.visits.reading.interfaces import BLUESKY, X_EMBED
from andon.console.measures.visits.reading.looking import CODES, look_at
from andon.console.measures.visits.reading.seen import Look
from andon.console.measures.visits.reading.walls import is_walled
from andon.console.measures.visits.rules import State
from andon.console.outside.errors import Unreachable

if TYPE_CHECKING:
    from typing import Protocol

    from andon.console.measures.visits.reading.seen import Net as Way
    from andon.console.measures.visits.reading.seen import Seen

    class Net(Way, Protocol):
        """Of the conftest."""

        asked: list[str]

        def put(self, url: str, body: Any = "", **more: Any) -> None:
            """Set an answer."""


TEXT = "【急募】日給5万円 荷物を受け取るだけの簡単な仕事です。詳細はテレグラム @abc_work まで"
PAGE = "https://board.example/thread/1/23"


def at(net: Net, url: str = PAGE, text: str = TEXT) -> tuple[str, str]:
    """State and code of a look."""
    seen = look_at(Look(url, text), net)
    return seen.state.value, seen.code


def page(body: str) -> str:
    """A page with other things around it."""
    return f"<html><head><title>掲示板</title></head><body><nav>ホーム 検索 設定</nav><main>{body}</main><footer>利用規約 お問い合わせ</footer></body></html>"


@pytest.mark.parametrize("status", [404, 410])
def test_gone_is_what_the_server_calls_gone(net: Net, status: int) -> None:
    """404 and 410 at the post's own address."""
    net.put(PAGE, page("見つかりません"), status=status)
    assert at(net) == ("gone", f"http_{status}")


@pytest.mark.parametrize("status", [401, 403, 429, 451, 500, 502, 503])
def test_a_closed_door_tells_nothing(net: Net, status: int) -> None:
    """No right, too many looks, withheld, broken: the post may be there."""
    net.put(PAGE, page("エラー"), status=status)
    assert at(net) == ("unknown", f"http_{status}")


@pytest.mark.parametrize("reason", sorted(CODES))
def test_what_cannot_be_reached_tells_nothing(net: Net, reason: str) -> None:
    """Whatever the reason, robots and names that are gone included."""
    net.put(PAGE, Unreachable(reason=reason, host="board.example"))
    assert at(net) == ("unknown", reason)


def test_there(net: Net) -> None:
    """The text stands on the page, however the page breaks its lines and writes its letters."""
    net.put(PAGE, page("<p>【急募】日給５万円<br>荷物を受け取るだけの<b>簡単</b>な仕事です。<br><br>詳細はテレグラム ＠abc_work まで</p>"))
    assert at(net) == ("there", "text")


def test_there_by_what_the_page_says_of_itself(net: Net) -> None:
    """Pages filled by scripts often say the text in their head."""
    net.put(PAGE, f'<html><head><meta property="og:description" content="{TEXT}"></head><body><div id="app"></div></body></html>')
    assert at(net) == ("there", "text")


def test_there_in_data_of_the_page(net: Net) -> None:
    """JSON-LD, and documents that are JSON altogether."""
    net.put(PAGE, f'<html><body><script type="application/ld+json">{{"@type":"SocialMediaPosting","articleBody":"{TEXT}"}}</script></body></html>')
    assert at(net) == ("there", "text")
    net.put(PAGE, {"post": {"content": f"<p>{TEXT}</p>"}})
    assert at(net) == ("there", "text")


def test_there_in_an_old_encoding(net: Net) -> None:
    """Boards write Shift_JIS, and say so in the header or in the page."""
    net.put(PAGE, page(TEXT).encode("cp932"), kind="text/html; charset=Shift_JIS")
    assert at(net) == ("there", "text")
    net.put(PAGE, page('<meta charset="x-sjis">' + TEXT).replace("<head>", '<head><meta charset="x-sjis">').encode("cp932"), kind="text/html")
    assert at(net) == ("there", "text")


def test_changed(net: Net) -> None:
    """Much of it stands there, and something else too."""
    net.put(PAGE, page("<p>【急募】日給5万円 荷物を受け取るだけの簡単な仕事です。応募は終了しました</p>"))
    assert at(net) == ("changed", "text_differs")


def test_a_page_without_the_text_tells_nothing(net: Net) -> None:
    """Even one that says that something was deleted: it may speak of another post, or show a wall."""
    for body in ("<p>この投稿は削除されました</p>", "<p>ログインして続きを見る</p>", "", "<p>まったく別の話です。今日は天気がよくて散歩に行きました。</p>"):
        net.put(PAGE, page(body))
        assert at(net) == ("unknown", "no_text"), body


@pytest.mark.parametrize(
    ("final", "code"),
    [
        ("https://board.example/login?next=/thread/1/23", "sign_in"),
        ("https://board.example/accounts/login/", "sign_in"),
        ("https://board.example/", "moved"),
        ("https://other.example/thread/1/23", "moved"),
    ],
)
@pytest.mark.parametrize("status", [200, 404])
def test_being_sent_elsewhere_tells_nothing(net: Net, final: str, code: str, status: int) -> None:
    """A sign-in page, the front page, another host: whatever stands there is not the post, nor its absence."""
    net.put(PAGE, page(TEXT), status=status, final=final)
    assert at(net) == ("unknown", code)


def test_walls_are_not_even_asked(net: Net) -> None:
    """Hosts where a program sees nothing but a sign-in."""
    for host in ("www.instagram.com", "instagram.com", "www.threads.net", "m.facebook.com", "www.tiktok.com"):
        assert is_walled(host)
        assert at(net, f"https://{host}/p/abc/") == ("unknown", "wall")
    assert net.asked == []
    assert not is_walled("notinstagram.com")
    assert not is_walled("instagram.com.example")


def test_a_script_cannot_speak_for_the_page(net: Net) -> None:
    """The text in a script or a comment is not shown to people."""
    net.put(PAGE, page(f"<script>var x = '{TEXT}'</script><!-- {TEXT} -->"))
    assert at(net) == ("unknown", "no_text")


def test_a_host_that_fails_is_told(net: Net) -> None:
    """It is left alone, for as long as it says."""
    net.put(PAGE, page(""), status=429, retry_after="120")
    seen = look_at(Look(PAGE, TEXT), net)
    assert (seen.host_ails, seen.pause) == (True, 120.0)
    net.put(PAGE, page(""), status=403)
    assert not look_at(Look(PAGE, TEXT), net).host_ails
    net.put(PAGE, Unreachable(reason="timeout", host="board.example"))
    assert look_at(Look(PAGE, TEXT), net).host_ails
    net.put(PAGE, Unreachable(reason="robots", host="board.example"))
    assert not look_at(Look(PAGE, TEXT), net).host_ails


X = "https://x.com/someone/status/1859000000000000001"
EMBED = f"{X_EMBED}?omit_script=1&dnt=1&url=https%3A%2F%2Fx.com%2Fsomeone%2Fstatus%2F1859000000000000001"


def embedded(text: str) -> dict[str, str]:
    """What X answers about a post."""
    return {"html": f'<blockquote class="twitter-tweet"><p lang="ja" dir="ltr">{text}</p>&mdash; someone (@someone) <a href="{X}">x</a></blockquote>'}


def test_x_there_gone_changed(net: Net) -> None:
    """By what X gives others to embed; the page itself is never asked."""
    net.put(EMBED, embedded(TEXT))
    assert at(net, X) == ("there", "text")
    net.put(EMBED, embedded("まったく別の文面です。こんにちは、よい天気ですね。"))
    assert at(net, X) == ("changed", "text_differs")
    net.put(EMBED, {"error": "Sorry, that page does not exist"}, status=404)
    assert at(net, X) == ("gone", "embed_404")
    assert set(net.asked) == {EMBED}


def test_x_restricted_is_not_gone(net: Net) -> None:
    """Protected, suspended, or the account is gone: X says the same for all of these."""
    net.put(EMBED, {"error": "Sorry, you are not authorized to see this status."}, status=403)
    assert at(net, X) == ("unknown", "http_403")


def test_x_cut_text_is_the_same(net: Net) -> None:
    """Long posts are embedded with their beginning."""
    net.put(EMBED, embedded(TEXT[:30] + "…"))
    assert at(net, X) == ("there", "text")


SKY = "https://bsky.app/profile/boss.example/post/3kabc"
THREAD = f"{BLUESKY}?depth=0&parentHeight=0&uri=at%3A%2F%2Fboss.example%2Fapp.bsky.feed.post%2F3kabc"


def test_bluesky(net: Net) -> None:
    """There, gone, and blocked: which tells nothing."""
    net.put(THREAD, {"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": {"record": {"text": TEXT}}}})
    assert at(net, SKY) == ("there", "text")
    net.put(THREAD, {"error": "NotFound", "message": "Post not found"}, status=400)
    assert at(net, SKY) == ("gone", "api_not_found")
    net.put(THREAD, {"error": "InvalidRequest"}, status=400)
    assert at(net, SKY) == ("unknown", "http_400")
    net.put(THREAD, {"thread": {"$type": "app.bsky.feed.defs#blockedPost", "blocked": True}})
    assert at(net, SKY) == ("unknown", "no_text")


NOTE = "https://mi.example/notes/9abcdefghij"
SHOW = "https://mi.example/api/notes/show"


def test_misskey(net: Net) -> None:
    """By its interface; where that says nothing clear, by its page."""
    net.put(SHOW, {"id": "9abcdefghij", "text": TEXT})
    assert at(net, NOTE) == ("there", "text")
    net.put(SHOW, {"error": {"code": "NO_SUCH_NOTE", "id": "24fcbfc6-2e37-42b6-8388-c29b3861a08d"}}, status=400)
    assert at(net, NOTE) == ("gone", "api_not_found")
    net.put(SHOW, {"error": {"code": "CREDENTIAL_REQUIRED"}}, status=401)
    net.put(NOTE, page(TEXT))
    assert at(net, NOTE) == ("there", "text")


TOOT = "https://don.example/@boss/112233445566778899"
STATUS = "https://don.example/api/v1/statuses/112233445566778899"


def test_mastodon(net: Net) -> None:
    """By its interface with the heading, or by its page where the interface is for members."""
    net.put(STATUS, {"id": "112233445566778899", "spoiler_text": "仕事", "content": f"<p>{TEXT}</p>"})
    assert at(net, TOOT) == ("there", "text")
    net.put(STATUS, {"error": "Record not found"}, status=404)
    assert at(net, TOOT) == ("gone", "api_not_found")
    net.put(STATUS, {"error": "This method requires an authenticated user"}, status=422)
    net.put(TOOT, page("見つかりません"), status=404)
    assert at(net, TOOT) == ("gone", "http_404")


def test_an_address_of_the_same_form_elsewhere(net: Net) -> None:
    """Another site's 404 about an interface that it does not have says nothing of the post."""
    net.put(STATUS, {"error": "no such route"}, status=404)
    net.put(TOOT, page(TEXT))
    assert at(net, TOOT) == ("there", "text")


def test_short_texts_are_found_whole_or_not() -> None:
    """A few characters stand on many pages by chance."""
    assert compared("即日即金DM", "今日の話題 即日即金DM まで") is State.THERE
    assert compared("即日即金DM", "即日 即金なら DM で") is None
    assert compared("", "何でも") is None


def test_a_post_that_grew_is_changed() -> None:
    """The stored text with much more around it, at the post's own address."""
    assert post_compared(TEXT, TEXT + "追記：応募は締め切りました。別の仕事を紹介します。連絡は新しい宛先へ。ありがとうございました。") is State.CHANGED
    assert post_compared(TEXT, TEXT.replace("5万円", "８万円")) is State.CHANGED
    assert post_compared(TEXT, TEXT.replace(" ", "\n\n")) is State.THERE


def test_whatever_comes_is_survived(net: Net) -> None:
    """Broken JSON, bytes that are no text, an unknown encoding."""
    answers: list[tuple[Any, str]] = [(b"\xff\xfe\x00{", "application/json"), (b"\x80" * 50, "text/html; charset=klingon"), (b"[" * 5000, "application/json")]
    for body, kind in answers:
        net.put(PAGE, body, kind=kind)
        seen: Seen = look_at(Look(PAGE, TEXT), net)
        assert seen.state is State.UNKNOWN
