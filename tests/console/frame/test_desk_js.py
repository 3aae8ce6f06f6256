"""The desk's own script in a real browser: keys, palette, notices, questions, answers that are none."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.browser

COUNTING = (
    '<script type="module" src="/own.js"></script>',
    'import { keys } from "desk"; window.count = 0; keys.bind({ j: [() => { window.count += 1; }, "次のカード"], "g z": () => { window.count += 10; } });',
)


@pytest.fixture
def counting(drawn: Any, site: Any, look: Any) -> Any:
    """A page with a field and a key `j` that counts."""
    site.put("/own.js", COUNTING[1], Content_Type="text/javascript")
    page = look(site.put("/", drawn('<h1>鍵</h1><label>語<input id="field"></label><button id="one" data-key="1">募集 <kbd>1</kbd></button>', COUNTING[0])))
    page.wait_for_function("window.count === 0")
    return page


def test_a_bound_key_acts_and_a_sequence_too(counting: Any) -> None:
    """`j` counts one, `g` then `z` ten."""
    counting.keyboard.press("j")
    counting.keyboard.press("g")
    counting.keyboard.press("z")
    assert counting.evaluate("window.count") == 11


def test_nothing_acts_while_somebody_types(counting: Any) -> None:
    """In a field `j` is a letter; after Escape it is a key again."""
    counting.click("#field")
    counting.keyboard.type("jj")
    assert counting.evaluate("window.count") == 0
    assert counting.input_value("#field") == "jj"
    counting.keyboard.press("Escape")
    counting.keyboard.press("j")
    assert counting.evaluate("window.count") == 1


def test_nothing_acts_with_a_modifier_or_under_a_dialog(counting: Any) -> None:
    """Ctrl-J belongs to the browser; under the open list of keys the page is out of reach."""
    counting.keyboard.press("Control+j")
    counting.keyboard.press("?")
    counting.keyboard.press("j")
    assert counting.evaluate("window.count") == 0


def test_a_key_of_the_markup_presses_its_button(counting: Any) -> None:
    """`data-key` needs no script of the page's own."""
    counting.evaluate("document.getElementById('one').addEventListener('click', () => { window.count += 100; })")
    counting.keyboard.press("1")
    assert counting.evaluate("window.count") == 100


def test_a_key_presses_the_button_of_the_active_card_only(drawn: Any, site: Any, look: Any) -> None:
    """Of three cards with the same keys the active one answers."""
    cards = "".join(
        f'<article data-key-scope class="card{" is-active" if k == 1 else ""}"><button data-key="1" data-open="card-{k}">押す</button><dialog id="card-{k}">開いた</dialog></article>'
        for k in range(3)
    )
    page = look(site.put("/", drawn(f"<h1>札</h1>{cards}")))
    page.keyboard.press("1")
    assert page.evaluate("[...document.querySelectorAll('dialog[open]')].map(one => one.id)") == ["card-1"]


def test_the_list_of_keys_names_them(counting: Any) -> None:
    """`?` lists what was bound with a label, what the markup says, and where `g` goes."""
    counting.keyboard.press("?")
    text = counting.inner_text("#keys")
    for expected in ("次のカード", "募集", "今日", "キー操作の一覧", "この画面"):
        assert expected in text


def test_the_palette_finds_pages_and_asks_the_server(drawn: Any, site: Any, look: Any, settings: Any) -> None:
    """Half-width katakana finds a page; what the server answers stands below it, as links only; Enter follows the chosen one."""
    site.put("/review/palette", '<li><a href="/found/">荷物 <span class="note">投稿</span></a></li><li><script>window.bad = 1</script></li>')
    html = drawn().replace('id="palette"', 'id="palette" data-url="/review/palette"', 1)
    page = look(site.put("/", html))
    site.put("/found/", "<title>found</title>")
    page.keyboard.press("Control+k")
    page.keyboard.type("ｼﾞﾌﾞﾝ")
    assert page.locator(".palette__pages a").count() == 0
    page.fill("#palette input", "今日")
    assert page.locator(".palette__pages a").count() == 1
    page.wait_for_selector(".palette__found a")
    assert page.locator(".palette__found li").count() == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/found/")


def test_a_notice_offers_to_undo(drawn: Any, site: Any, look: Any) -> None:
    """An HTMX answer sends a notice; its button posts to where the answer said, with the page's token."""
    told = json.dumps({"toast": {"text": "判断を記録しました。", "undo_url": "/undo", "key": "u"}})
    site.put("/act", "<p>次</p>", HX_Trigger=told)
    site.put("POST /undo", "")
    page = look(site.put("/", drawn('<h1>札</h1><button id="act" hx-get="/act" hx-target="#next">判断</button><div id="next"></div>')))
    page.click("#act")
    page.wait_for_selector(".toast")
    assert page.inner_text(".toast p") == "判断を記録しました。"
    with page.expect_response("**/undo"):
        page.click(".toast button")
    page.wait_for_selector(".toast", state="detached")
    path, headers, _ = site.posted[0]
    assert path == "/undo"
    assert len(next(value for name, value in headers.items() if name.lower() == "x-csrftoken")) > 30


@pytest.mark.parametrize(("status", "expected"), [(403, "権限"), (409, "ほかの人が先に"), (500, "サーバーで問題"), (418, "サーバーで問題")])
def test_an_error_is_one_clear_sentence(drawn: Any, site: Any, look: Any, status: int, expected: str) -> None:
    """The page stays as it is; the notice says what happened, in the page's language."""
    site.put("/act", "<h1>stack trace</h1>", status=status)
    page = look(site.put("/", drawn('<h1>札</h1><button id="act" hx-get="/act" hx-target="#next">判断</button><div id="next">前</div>')))
    page.click("#act")
    page.wait_for_selector(".toast")
    assert expected in page.inner_text(".toast")
    assert page.inner_text("#next") == "前"


def test_the_servers_own_sentence_is_shown(drawn: Any, site: Any, look: Any) -> None:
    """An answer may bring its own sentence along."""
    site.put("/act", "", status=409, X_Sentence="%E9%96%89%E3%81%98%E3%81%A6%E3%81%84%E3%81%BE%E3%81%99")
    page = look(site.put("/", drawn('<h1>札</h1><button id="act" hx-get="/act">判断</button>')))
    page.click("#act")
    page.wait_for_selector(".toast--warn")
    assert page.inner_text(".toast p") == "閉じています"


def test_no_connection_is_said(drawn: Any, site: Any, look: Any) -> None:
    """Without a network nobody waits for nothing."""
    page = look(site.put("/", drawn('<h1>札</h1><button id="act" hx-get="/act">判断</button>')))
    page.context.set_offline(True)
    page.click("#act")
    page.wait_for_selector(".toast--wrong")
    assert "届きません" in page.inner_text(".toast")


def test_a_form_error_is_shown_in_place(drawn: Any, site: Any, look: Any) -> None:
    """Answers of status 422 are swapped in."""
    site.put("/act", "<p>日付が違います</p>", status=422)
    page = look(site.put("/", drawn('<h1>札</h1><button id="act" hx-get="/act" hx-target="#next">保存</button><div id="next"></div>')))
    page.click("#act")
    page.wait_for_function("document.getElementById('next').textContent === '日付が違います'")


def test_a_grave_act_asks_first(drawn: Any, site: Any, look: Any) -> None:
    """`data-confirm` and `hx-confirm` ask in our dialog; "no" sends nothing, "yes" sends once."""
    main = '<h1>札</h1><button id="h" hx-post="/h" hx-confirm="消しますか">甲</button><form id="f" method="post" action="/f" data-confirm="消しますか"><button>乙</button></form>'
    site.put("POST /h", "")
    site.put("POST /f", "<title>done</title>")
    page = look(site.put("/", drawn(main)))
    page.click("#h")
    page.click("#confirm [value=no]")
    page.click("#h")
    page.click("#confirm [value=yes]")
    page.click("#f button")
    assert page.inner_text("#confirm .dialog__text") == "消しますか"
    page.click("#confirm [value=yes]")
    page.wait_for_function("document.title === 'done'")
    assert [path for path, _, _ in site.posted] == ["/h", "/f"]


def test_brightness_changes_at_once_and_is_kept(drawn: Any, site: Any, look: Any) -> None:
    """The page turns dark without a reload, and the choice is posted."""
    html = drawn()
    page = look(site.put("/", html))
    light = page.evaluate("getComputedStyle(document.body).color")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.click(".rail [name=appearance][value=dark]")
    assert page.get_attribute("html", "data-appearance") == "dark"
    assert page.evaluate("getComputedStyle(document.body).color") != light
    assert any('name="appearance"\r\n\r\ndark' in body for _, _, body in site.posted)


def test_a_narrow_screen_has_a_bar_and_a_menu(drawn: Any, site: Any, look: Any) -> None:
    """The rail is hidden until the menu button of the bar at the bottom opens it; every touch target is at least 44 px high."""
    page = look(site.put("/", drawn()), width=390)
    assert not page.is_visible(".rail")
    assert page.evaluate("Math.min(...[...document.querySelectorAll('.dock :is(a, button)')].map(one => one.getBoundingClientRect().height))") >= 44
    page.click(".dock button")
    assert page.is_visible(".rail")
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.rail').matches(':popover-open')")


def test_times_speak_like_the_server(drawn: Any, site: Any, look: Any) -> None:
    """A time that was drawn long ago is brought up to date when somebody comes back to the page."""
    page = look(site.put("/", drawn('<h1>時</h1><time datetime="2020-01-01T00:00:00+00:00" data-ago id="old">2020-01-01</time><time data-ago id="new">？</time>')))
    page.evaluate("document.getElementById('new').dateTime = new Date(Date.now() - 3 * 3600e3 - 5000).toISOString(); document.dispatchEvent(new Event('visibilitychange'))")
    assert page.inner_text("#new") == "3時間前"
    assert page.inner_text("#old") == "2020-01-01"


def test_unsent_input_is_not_lost_silently(drawn: Any, site: Any, look: Any) -> None:
    """Leaving a guarded form that was typed into asks; an untouched one does not."""
    page = look(site.put("/", drawn('<h1>記</h1><form data-guard method="post"><label>語<input id="field"></label></form>')))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == []
    page.wait_for_function("window.htmx !== undefined")
    page.click("#field")
    page.keyboard.type("あ")
    page.reload()
    assert asked == ["beforeunload"]


def test_a_swap_sets_no_inline_style(drawn: Any, site: Any, look: Any) -> None:
    """HTMX settles what keeps its id without touching style attributes, which the content policy forbids."""
    site.put("/act", '<div id="next" class="b">後</div>')
    html = drawn('<h1>札</h1><button id="act" hx-get="/act" hx-target="#next" hx-swap="outerHTML">判断</button><div id="next" class="a">前</div>')
    page = look(site.put("/", html, Content_Security_Policy="default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self'"))
    page.evaluate("document.getElementById('next').style.height = '3em'")
    page.click("#act")
    page.wait_for_selector("#next.b")  # not wait_for_function: that needs eval, which this page's policy forbids
    assert page.complaints == []
    assert page.inner_text("#next") == "後"
