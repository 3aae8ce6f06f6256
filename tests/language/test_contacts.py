"""Contacts: what they are, where they stand, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.language import contacts as module
from andon.language.contacts import Contact, find_contacts

# (text, type, value, the place in the original)
TABLE = [
    ("連絡は@abc_def まで", "handle", "@abc_def", "@abc_def"),
    ("＠ａｂｃｄへDM", "handle", "@abcd", "＠ａｂｃｄ"),
    ("DM @a_b.", "handle", "@a_b", "@a_b"),
    ("テレグラム abc_123", "telegram", "abc_123", "abc_123"),
    ("Telegram:@abc_123", "telegram", "abc_123", "abc_123"),
    ("t.me/abc まで", "telegram", "t.me/abc", "t.me/abc"),
    ("ｔ．ｍｅ／ａｂｃ", "telegram", "t.me/abc", "ｔ．ｍｅ／ａｂｃ"),
    ("https://t.me/abc", "telegram", "https://t.me/abc", "https://t.me/abc"),
    ("LINE:abc123", "line", "abc123", "abc123"),
    ("LINE ID→taro.55", "line", "taro.55", "taro.55"),
    ("ラインabc999で", "line", "abc999", "abc999"),
    ("ﾗｲﾝ abc999", "line", "abc999", "abc999"),
    ("公式LINE＠ａｂｃ１２３", "line", "abc123", "ａｂｃ１２３"),
    ("lin.ee/abc", "line", "lin.ee/abc", "lin.ee/abc"),
    ("https://line.me/R/ti/p/@abc", "line", "https://line.me/R/ti/p/@abc", "https://line.me/R/ti/p/@abc"),
    ("シグナル id_77", "signal", "id_77", "id_77"),
    ("https://signal.me/#p/+8190", "signal", "https://signal.me/#p/+8190", "https://signal.me/#p/+8190"),
    ("discord abcd12", "discord", "abcd12", "abcd12"),
    ("カカオ kakao_1", "kakaotalk", "kakao_1", "kakao_1"),
    ("微信 wx_123", "wechat", "wx_123", "wx_123"),
    ("zalo 0901234567", "zalo", "0901234567", "0901234567"),
    ("インスタ abc_d1", "instagram", "abc_d1", "abc_d1"),
    ("wa.me/8190", "whatsapp", "wa.me/8190", "wa.me/8190"),
    ("応募は https://example.jp/a。", "url", "https://example.jp/a", "https://example.jp/a"),
    ("(https://example.jp/a)", "url", "https://example.jp/a", "https://example.jp/a"),
    ("Recruit@Example.co.jp へ", "mail", "recruit@example.co.jp", "Recruit@Example.co.jp"),
    ("電話090-0123-4567まで", "telephone", "09001234567", "090-0123-4567"),
    ("０９０－０１２３－４５６７", "telephone", "09001234567", "０９０－０１２３－４５６７"),
    ("〇九〇〇一二三四五六七", "telephone", "09001234567", "〇九〇〇一二三四五六七"),
    ("〇九〇ー〇一二三ー四五六七", "telephone", "09001234567", "〇九〇ー〇一二三ー四五六七"),
    ("+81 90 0123 4567", "telephone", "09001234567", "+81 90 0123 4567"),
    ("03(0000)1234", "telephone", "0300001234", "03(0000)1234"),
    ("フリーダイヤル0120-000-123", "telephone", "0120000123", "0120-000-123"),
]
NONE = [
    "今日は良い天気ですね", "2026年11月22日 12:30-13:30", "〒123-4567", "1,000,000円当たる", "@闇の騎士", "信号が青になった", "WhatsApp使ってる？", "LINEください", "LINE only", "Telegram official",
    "オンライン2024", "ガイドライン2025年版", "pipeline2024", "ラインナップ2024", "テレビ1234", "テレ東2024", "12345678901234567890", "",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(["@abc", "line", "LINE:", "ライン", "t.me/", "https://", "090", "-1234", "5678", "テレ", "a@b.jp", "０９０", "〇", "九", " ", "。", "あ", ".", "ab12"]), max_size=14).map("".join)


@pytest.mark.parametrize(("text", "type_", "value", "place"), TABLE)
def test_contact(text: str, type_: str, value: str, place: str) -> None:
    """A contact has its type, its value in usual spelling, and its place in the original."""
    assert [(one.type, one.value, text[one.start : one.end]) for one in find_contacts(text)] == [(type_, value, place)]


@pytest.mark.parametrize("text", NONE)
def test_no_contact(text: str) -> None:
    """Ordinary text holds no contact."""
    assert find_contacts(text) == ()


def test_several_in_order() -> None:
    """Several contacts come in the order of the text, an address before the handle in it."""
    text = "https://t.me/abc か LINE: xyz99 か a@b.jp か ０９０-0123-4567 か @abc_d"
    assert [one.type for one in find_contacts(text)] == ["telegram", "line", "mail", "telephone", "handle"]


@settings(max_examples=400)
@given(TEXTS)
def test_spans_do_not_overlap(text: str) -> None:
    """Contacts stand in the text, in order, none overlapping another, none empty."""
    edges = [edge for one in find_contacts(text) for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(one.start < one.end <= len(text) and one.value for one in find_contacts(text))


PIECES = [
    *(row[0] for row in TABLE), *NONE, "line", "LİNE", "ｌıne", "ınsta abc_1", "dıscord abc_12", "ſignal id_1", "@", ".", "/", "://", "h", "ttp", "t.me/", "０", "〇九", "零", "+81", "ー", "－",
    "abcd", "ａｂｃｄ", "a.b", "①②③④", "𝟎𝟗𝟎", " ", "\u3000", "あ", "漢", "\n", "@ab", "a@b.jp", "090", "1234", "5678",
]  # fmt: skip


def whole_search(text: str) -> tuple[Contact, ...]:
    """The contacts by every pattern over the whole text, each character made plain: without the quick tests that say where none can match."""
    plain = "".join(map(module._plain, text))
    found = module._Found(len(text))
    module._find_links(plain, found)
    for match in module._MAIL.finditer(plain):
        found.add("mail", match.group().lower(), *match.span())
    module._find_ids(plain, found)
    for match in module._HANDLE.finditer(plain):
        handle = "@" + match.group(1).rstrip(".")
        found.add("handle", handle, match.start(), match.start() + len(handle))
    module._find_telephones(plain, found)
    return tuple(sorted(found.contacts, key=lambda contact: contact.start))


@settings(max_examples=500)
@given(text=st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=20))
def test_quick_tests_lose_nothing(text: str) -> None:
    """The quick tests before the patterns change no answer, and no text (a dotless i in a messenger's name) ends in an error."""
    assert find_contacts(text) == whole_search(text)


def test_letters_left_alone_are_plain() -> None:
    """No character beyond those looked at closely has another plain form."""
    left = [chr(point) for point in range(0x110000) if not module._PERHAPS_PLAIN.match(chr(point))]
    assert len(left) > 30_000
    assert [char for char in left if module._plain.__wrapped__(char) != char] == []


@pytest.mark.parametrize(("name", "type_"), [("ﾃﾚｸﾞﾗﾑ", "telegram"), ("ｼｸﾞﾅﾙ", "signal"), ("ﾃﾞｨｽｺ", "discord"), ("ｶｶｵ", "kakaotalk"), ("ｲﾝｽﾀ", "instagram"), ("ﾗｲﾝ", "line")])
def test_half_width_names(name: str, type_: str) -> None:
    """A messenger named in half-width kana is the same messenger."""
    assert [(one.type, one.value) for one in find_contacts(f"詳細は{name} 0mihon_tabi05 まで")] == [(type_, "0mihon_tabi05")]
