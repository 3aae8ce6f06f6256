"""Each network's own ways: signatures, keys of records, places of links, pictures, who the key belongs to, where a post stands."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from servers import TOKEN, Bluesky, Mastodon, Misskey, X
from warning_help import approve_all, send_all

from andon.console.intake.models import Post
from andon.console.measures.kinds.warning.actions.accounts import identity_of
from andon.console.measures.kinds.warning.actions.drafting import draft
from andon.console.measures.kinds.warning.actions.wordings import Proposal, propose, review
from andon.console.measures.kinds.warning.pictures import clean
from andon.console.measures.kinds.warning.services import SERVICES
from andon.console.measures.kinds.warning.services.bluesky import record_key
from andon.console.measures.kinds.warning.services.service import Login, NotPosted, Reply, Unclear, same_words
from andon.console.measures.kinds.warning.services.x import authorization, signature
from andon.console.measures.kinds.warning.targets import Target, target_of
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from servers import Server

    from andon.console.gate import Actor
    from andon.console.intake.models import Campaign
    from andon.console.measures.kinds.warning.models import Account
    from andon.console.staff.models import Person

REPLY = Reply("warning:1:1", "x", "確認 https://www.example.jp/a です", "ja", "2026-11-22T03:00:00.000+00:00")


def login(server: Server, token: str = TOKEN) -> Login:
    """Our account there."""
    return Login(server.url, server.handle, token)


def test_signature_of_the_published_example() -> None:
    """The example of X's own documentation of OAuth 1.0a, with the signature printed there."""
    values = {
        "oauth_consumer_key": "xvz1evFS4wEEPTGEFPHBog", "oauth_nonce": "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": "1318622958", "oauth_token": "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb", "oauth_version": "1.0",
        "include_entities": "true", "status": "Hello Ladies + Gentlemen, a signed OAuth request!",
    }  # fmt: skip
    key = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw&LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"
    assert signature("post", "https://api.twitter.com/1.1/statuses/update.json", values, key) == "hCtSmYh+iHYCEqBWrE7C7hYmtUk="


def test_one_key_is_a_bearer_and_four_are_signed() -> None:
    """Whichever an office was given."""
    assert authorization("POST", "https://api.x.com/2/tweets", " abc ") == "Bearer abc"
    header = authorization("POST", "https://api.x.com/2/tweets", "a b c d", nonce="n", at=1)
    assert header.startswith('OAuth oauth_consumer_key="a"')
    assert 'oauth_token="c"' in header
    assert "b" not in header.split('oauth_signature="')[0].split('"')


def test_bluesky_key_of_a_record_is_the_same_at_every_attempt() -> None:
    """Thirteen signs as the protocol wants them; another warning has another."""
    first = record_key(REPLY)
    assert first == record_key(REPLY)
    assert len(first) == 13
    assert set(first) <= set("234567abcdefghijklmnopqrstuvwxyz")
    assert first[0] in "234567abcdefghij"
    other = record_key(Reply("warning:2:1", *[getattr(REPLY, name) for name in ("target", "text", "language", "at")]))
    assert other != first
    assert other[:10] == first[:10]  # the time


def test_bluesky_links_count_in_bytes() -> None:
    """So that the address can be pressed, behind Japanese text."""
    body: Any = SERVICES["bluesky"].shown(REPLY)["body"]
    facet = body["record"]["facets"][0]
    place = facet["index"]
    assert REPLY.text.encode()[place["byteStart"] : place["byteEnd"]].decode() == "https://www.example.jp/a"


def test_who_the_key_belongs_to(server: Server) -> None:
    """Name and badge, as the service says."""
    found = SERVICES[type(server).__name__.lower()].who(login(server))
    assert (found.handle, bool(found.badge)) == (server.handle, True)


def test_a_wrong_key_is_denied_for_good(server: Server) -> None:
    """Trying again changes nothing, and nothing was posted."""
    with pytest.raises(NotPosted) as caught:
        SERVICES[type(server).__name__.lower()].who(login(server, "wrong"))
    assert (caught.value.problem, caught.value.permanent) == ("denied", True)


def test_a_service_that_cannot_be_reached_has_posted_nothing(settings: Any) -> None:
    """Nobody listens there: surely not posted, to be tried again."""
    settings.MAY_REACH = ("127.0.0.1:9",)
    with pytest.raises(NotPosted) as caught:
        SERVICES["mastodon"].reply(Login("http://127.0.0.1:9", "a", "b"), REPLY)
    assert (caught.value.problem, caught.value.permanent) == ("unreachable", False)


def test_a_private_address_is_never_asked(settings: Any) -> None:
    """An account's server on the office's own network is refused, for good."""
    settings.MAY_REACH = ()
    with Mastodon() as server, pytest.raises(NotPosted) as caught:
        SERVICES["mastodon"].who(login(server))
    assert caught.value.permanent
    assert server.asked == []


def test_a_line_that_breaks_while_posting_is_unclear(server: Server) -> None:
    """Neither posted nor not."""
    post = server.add_post("日給5万円")
    target = {"X": post.id, "Bluesky": post.uri}.get(type(server).__name__, post.url)
    server.faults = ["drop_after"]
    with pytest.raises(Unclear):
        SERVICES[type(server).__name__.lower()].reply(login(server), Reply("k", target, "おそれ", "ja", REPLY.at))


def test_another_servers_post_is_looked_up(settings: Any) -> None:
    """Mastodon and Misskey reply to a post of the other by its address."""
    with Mastodon() as mastodon, Misskey() as misskey:
        settings.MAY_REACH = (mastodon.netloc, misskey.netloc)
        for ours, code in ((mastodon, "mastodon"), (misskey, "misskey")):
            post = ours.add_post("日給5万円")
            post.url = post.url.replace(ours.url, "https://elsewhere.example")
            posted = SERVICES[code].reply(login(ours), Reply("k", post.url, "おそれ", "ja", REPLY.at))
            assert [one.reply_to for one in ours.replies] == [post.id]
            assert posted.remote_id == ours.replies[0].id


def test_mastodon_posts_once_for_one_key(mastodon: Mastodon) -> None:
    """Its server keeps the key of the request."""
    post = mastodon.add_post("日給5万円")
    reply = Reply("warning:7:1", post.url, "おそれ", "ja", REPLY.at)
    first, second = (SERVICES["mastodon"].reply(login(mastodon), reply) for _ in range(2))
    assert (first, len(mastodon.replies)) == (second, 1)
    assert mastodon.replies[0].text == "@recruiter おそれ"


def test_bluesky_adding_the_same_record_again_gives_the_first(settings: Any) -> None:
    """The server refuses the second; what is there is what was wanted."""
    with Bluesky() as server:
        settings.MAY_REACH = (server.netloc,)
        post = server.add_post("日給5万円")
        reply = Reply("warning:7:1", post.uri, "おそれ", "ja", REPLY.at)
        first, second = (SERVICES["bluesky"].reply(login(server), reply) for _ in range(2))
        assert (first, len(server.replies)) == (second, 1)


def test_same_words_bears_what_services_change() -> None:
    """Addresses made short, names put before, lines broken."""
    assert same_words("試験 https://a.example/b です", "@who@there.example 試験 https://t.co/xyz\nです")
    assert not same_words("試験です", "別の文です")


@pytest.mark.django_db
def test_a_picture_travels_with_its_words(
    server: Server, account: Account, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person, sora: Person
) -> None:
    """Uploaded before the reply, with its description, without what cameras write into it."""
    image, out = Image.new("RGB", (600, 300), "navy"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "camera of an officer"
    image.save(out, "JPEG", exif=exif)
    picture = clean(out.getvalue())
    assert b"camera of an officer" not in picture.content
    text = "{unit}です。この投稿は募集のおそれがあります。#9110 確認 {verify}"
    wording = propose(actor(aoi), Proposal("絵", "warning", "ja", text, picture, "応募しないでください。相談は #9110"))
    review(actor(sora), wording.pk)
    approve_all(actor(aoi), draft(actor(aoi), posted(server, posts=1).pk, account.pk, wording.pk))
    send_all()
    reply = server.replies[0]
    assert len(reply.files) == 1
    content, alt = server.uploads[reply.files[0]]
    assert content == picture.content
    assert type(server) is Bluesky or alt == "応募しないでください。相談は #9110"


@pytest.mark.parametrize("content", [b"", b"<svg onload='x'/>", b"GIF89a" + b"\0" * 40, b"\x89PNG\r\n\x1a\n" + b"\0" * 100])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    """Drawings with scripts, broken files, other kinds."""
    with pytest.raises(Refused):
        clean(content)


@pytest.mark.django_db
def test_the_badge_of_another_account_is_not_taken(on_mastodon: Account, mastodon: Mastodon) -> None:
    """The key is of another account than the one that was typed: said by the service."""
    mastodon.handle = "somebody"
    assert identity_of(on_mastodon).handle == "somebody"


@pytest.mark.parametrize(
    ("source", "source_id", "url", "target"),
    [
        ("x_api", "123", "", Target("x", "123")),
        ("generic", "row:1", "https://twitter.com/a/status/456?s=20", Target("x", "456")),
        ("hotline_report", "7", "https://mobile.x.com/a/status/789", Target("x", "789")),
        ("x_api", "file:1#abc", "", None),
        ("bluesky", "at://did:plc:a/app.bsky.feed.post/3k", "https://bsky.app/profile/did:plc:a/post/3k", Target("bluesky", "at://did:plc:a/app.bsky.feed.post/3k")),
        ("generic", "1", "https://bsky.app/profile/who.example/post/3kabc", Target("bluesky", "at://who.example/app.bsky.feed.post/3kabc")),
        ("mastodon", "1", "https://Social.Example/@a/1#x", Target("fediverse", "https://social.example/@a/1")),
        ("misskey", "9x", "https://mi.example/notes/9x", Target("fediverse", "https://mi.example/notes/9x")),
        ("board_dat", "1", "https://board.example/t/1", Target("other", "https://board.example/t/1")),
        ("telegram", "1", "", None),
        ("generic", "1", "javascript:alert(1)", None),
        ("generic", "1", "http://[broken", None),
    ],
)
def test_where_a_post_stands(source: str, source_id: str, url: str, target: Target | None) -> None:
    """By its source and its address; two files of one post name the same place."""
    assert target_of(Post(source=source, source_id=source_id, url=url)) == target


def test_x_says_no_to_nothing_it_cannot_know(settings: Any) -> None:
    """A reply that is not among the latest may show later: nobody can say."""
    with X() as server:
        settings.MAY_REACH = (server.netloc,)
        assert SERVICES["x"].find(login(server), REPLY) is None
