"""What single formats are known to get wrong, each as its own truth."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from chat_forms import telegram
from chat_reading import messages_of
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.domain.errors import EvidenceError
from andon.domain.times import JAPAN
from andon.evidence.chats.clock_words import minutes_in
from andon.evidence.chats.date_order import DateOrder
from andon.evidence.chats.json_values import NoValue, parsed
from andon.evidence.chats.json_walk import Step, Walk
from andon.evidence.chats.model import Clock, Conversation, Event, Finding, Kind, Numbering
from andon.evidence.chats.mojibake import repaired
from andon.evidence.chats.readers.sms_xml import phone_key
from andon.evidence.chats.tag_walk import attributes
from andon.evidence.chats.times import from_apple, from_either, from_iso, zone_named

if TYPE_CHECKING:
    from collections.abc import Callable


def chat(*messages: dict[str, Any], kind: str = "personal_chat") -> bytes:
    """A Telegram chat."""
    return json.dumps({"name": "x", "type": kind, "id": 1, "messages": messages}, indent=1).encode()


@given(st.text())
def test_mojibake_is_undone(text: str) -> None:
    """Text written as Facebook writes it comes back as it was."""
    try:
        broken = text.encode().decode("latin-1")
    except UnicodeError:  # halves of characters cannot be written
        return
    assert repaired(broken) == text or text == text.encode().decode("latin-1")


@given(st.text(alphabet=st.characters(min_codepoint=0x3000, max_codepoint=0x9FFF)))
def test_japanese_is_no_mojibake(text: str) -> None:
    """Text that is right is left alone."""
    assert repaired(text) == text


@pytest.mark.parametrize("text", ["café", "naïve £5", "ÄÖÜ", "Ã©と", "plain", ""])
def test_latin_is_no_mojibake(text: str) -> None:
    """Accents alone are no reason to change a text."""
    assert repaired(text) == text


@pytest.mark.parametrize(
    ("dates", "decided"),
    [
        ([(13, 1, 26)], ("day_first", "number")), ([(1, 13, 26)], ("month_first", "number")), ([(2026, 1, 2)], ("year_first", "number")),
        ([(1, 2, 26), (2, 2, 26), (1, 3, 26)], ("day_first", "sequence")), ([(5, 5, 26)], ("day_first", "assumed")), ([], ("day_first", "assumed")),
    ],
)  # fmt: skip
def test_order_of_dates(dates: list[tuple[int, int, int]], decided: tuple[str, str]) -> None:
    """The order is proven by a date, by the sequence, or said to be assumed."""
    order = DateOrder()
    for numbers in dates:
        order.add(numbers)
    assert order.decided() == decided


def test_undecided_order_is_said(read: Callable[..., list[Any]]) -> None:
    """Dates that fit two orders give a finding and a fact of the conversation."""
    items = read("a.txt", b"03/04/26, 10:00 - A: x\n03/04/26, 10:01 - B: y\n")
    assert [one.code for one in items if isinstance(one, Finding)] == ["date_order_undecided"]
    assert next(one for one in items if isinstance(one, Conversation)).facts["date_order"] == "day_first:assumed"


def test_weekday_decides_the_order_of_line(read: Callable[..., list[Any]]) -> None:
    """11 December 2026 is a Friday, 12 November 2026 a Thursday: the weekday proves the order."""
    for weekday, month in (("Fri", 12), ("Thu", 11)):
        day = read("a.txt", f"[LINE] Chat history with X\nSaved on: 12/11/2026, 9:05 PM\n\n{weekday}, 12/11/2026\n08:58PM\tX\tHello\n".encode())
        assert messages_of(day)[0].sent_at.month == month


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("午前12:05", 5),
        ("午後12:05", 725),
        ("12:05 AM", 5),
        ("9:03PM", 1263),
        ("下午09:03", 1263),
        ("21:03", 1263),
        ("25:00", None),
        ("00:08a.m.", 8),
    ],
)
def test_times_of_day(text: str, minutes: int | None) -> None:
    """Noon and midnight in every way of writing."""
    assert minutes_in(text) == minutes


def test_telegram_control_escapes(read: Callable[..., list[Any]]) -> None:
    r"""`\x0B` is no JSON; a backslash that was meant stays one."""
    data = chat(telegram(1, text="TEXT")).replace(b"TEXT", rb"a\x0Bb C:\\x0B")
    assert messages_of(read("result.json", data))[0].text == "a\x0bb C:\\x0B"


def test_telegram_twice_written_key(read: Callable[..., list[Any]]) -> None:
    """`send_webview_data` writes "text" twice and the second is empty: the first counts."""
    data = chat(telegram(1, type="service", action="send_webview_data")).replace(b'"text": ""', b'"text": "said", "text": ""')
    assert messages_of(read("result.json", data))[0].text == "said"


def test_telegram_timer(read: Callable[..., list[Any]]) -> None:
    """The timer is a service message with its seconds, and a fact of the conversation; 0 switches it off."""
    items = read("result.json", chat(telegram(1, type="service", action="set_messages_ttl", period=0)))
    assert (messages_of(items)[0].event, messages_of(items)[0].facts["seconds"]) == (Event.TIMER, 0)
    assert [one for one in items if isinstance(one, Conversation)][-1].facts["timer_seconds"] == 0


@pytest.mark.parametrize(
    ("kind", "numbering"),
    [
        ("private_supergroup", Numbering.PER_CHAT),
        ("public_channel", Numbering.PER_CHAT),
        ("personal_chat", Numbering.PER_ACCOUNT),
        ("private_group", Numbering.PER_ACCOUNT),
    ],
)
def test_telegram_numbering(kind: str, numbering: Numbering, read: Callable[..., list[Any]]) -> None:
    """Numbers count per chat in supergroups and channels only."""
    items = read("result.json", chat(telegram(1, text="x"), kind=kind))
    assert {one.numbering for one in items if isinstance(one, Conversation)} == {numbering}


def test_telegram_naive_time(read: Callable[..., list[Any]]) -> None:
    """A time without zone is read in the assumed zone, and says so."""
    message = telegram(1, text="x")
    del message["date_unixtime"]
    (one,) = messages_of(read("result.json", chat(message)))
    assert (one.clock, one.zone, one.sent_at.isoformat()) == (Clock.NAIVE, "Asia/Tokyo", "2026-11-19T11:58:00+00:00")


def test_telegram_kinds(read: Callable[..., list[Any]]) -> None:
    """A message of a kind without a date is kept as unknown; a missing file says how the export puts it."""
    items = messages_of(
        read(
            "result.json",
            chat({"id": 1, "type": "unsupported"}, telegram(2, photo="(File not included. Change data exporting settings to download.)")),
        )
    )
    assert (items[0].kind, items[0].sent_at, items[0].raw_kind) == (Kind.UNKNOWN, None, "unsupported")
    assert items[1].attachments[0].missing.startswith("(File not included")


def test_half_a_character_in_json(read: Callable[..., list[Any]]) -> None:
    """A lone half of a character costs only itself, with a finding."""
    items = read("result.json", chat(telegram(1, text="a\ud83db")))
    assert messages_of(items)[0].text == "a\ufffdb"
    assert [one.code for one in items if isinstance(one, Finding)] == ["text_mended"]


def test_line_keeps_ambiguous_lines(read: Callable[..., list[Any]]) -> None:
    """A time inside a text that goes back, with a sender nobody knows, is text and is said."""
    text = "2026.11.19 木曜日\n20:58 A Aがグループに参加しました。\n20:59 A 集合\n10:00 新宿駅東口\n"
    items = read("[LINE]x.txt", text.encode())
    assert messages_of(items)[-1].text == "集合\n10:00 新宿駅東口"
    assert [one.code for one in items if isinstance(one, Finding)] == ["time_inside_text"]


def test_line_pc_learns_names_with_spaces(read: Callable[..., list[Any]]) -> None:
    """A name of two words that many lines begin with is one name."""
    lines = "".join(f"20:{minute} 山田 太郎 文{minute}\n20:{minute} 佐藤 文{minute}\n" for minute in range(10, 30))
    items = read("[LINE]x.txt", f"2026.11.19 木曜日\n{lines}".encode())
    assert {one.author_name for one in messages_of(items)} == {"山田 太郎", "佐藤"}


def test_line_phone_open_quote(read: Callable[..., list[Any]]) -> None:
    """A text that begins with a quotation mark and never closes it does not swallow the messages below."""
    items = read(
        "a.txt", '[LINE] Xとのトーク履歴\n保存日時：2026/11/20 21:05\n\n2026/11/19(木)\n20:58\tX\t"あ\n20:59\tY\tい\n21:00\tX\tう"\n'.encode()
    )
    assert [one.text for one in messages_of(items)] == ['"あ', "い", 'う"']


def test_signal_desktop_and_export_agree_on_people() -> None:
    """Telephone numbers come to one form."""
    assert {phone_key(number) for number in ("090-1234-5678", "09012345678", "+819012345678", "+81 90 1234 5678")} == {"+819012345678"}
    assert phone_key("Softbank") == "Softbank"


@pytest.mark.parametrize(
    ("tag", "value"),
    [('a="&#55357;&#56832;"', "😀"), ('a="&#0;x"', "\ufffdx"), ('a="&lt;&amp;"', "<&"), ("a='1 > 0'", "1 > 0"), ('a="&#55357;"', "\ufffd")],
)
def test_attributes_that_are_no_xml(tag: str, value: str) -> None:
    """Halves of characters are joined; what is no character becomes U+FFFD."""
    assert attributes(tag) == {"a": value}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=50, deadline=None)
@given(
    before=st.dictionaries(st.text(), json_values, max_size=3),
    records=st.lists(json_values, max_size=8),
    indent=st.sampled_from([None, 0, 2]),
    size=st.integers(1, 40),
)
def test_walk_cuts_every_record(before: dict[str, Any], records: list[Any], indent: int | None, size: int) -> None:
    """The records of any JSON come out one by one, each on exactly its bytes, however the file is cut into pieces."""
    data = json.dumps(
        {**{f"_{key}": value for key, value in before.items()}, "messages": records, "after": 1}, indent=indent, ensure_ascii=False
    ).encode("utf-8", "replace")

    class Pieces:
        at = 0

        def read(self, _size: int) -> bytes:
            self.at += size
            return data[self.at - size : self.at]

    steps = list(Walk(Pieces(), frozenset({("messages", "*")})))  # type: ignore[arg-type]
    found = [step for step in steps if step.step is Step.RECORD]
    assert [json.loads(step.raw) for step in found] == json.loads(data)["messages"]
    assert all(data[step.offset : step.offset + len(step.raw)] == step.raw for step in found)
    assert [step for step in steps if step.path == ("after",)]


def test_large_values_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value beside the records that is too large to hold is passed over, and what follows is read."""
    import io  # noqa: PLC0415 - used here only

    from andon.evidence.chats import json_walk  # noqa: PLC0415 - used here only

    monkeypatch.setattr(json_walk, "_MOST_VALUE", 100)
    monkeypatch.setattr(json_walk, "CHUNK", 50)
    data = json.dumps({"big": ["x" * 1000, {"]": "}"}], "messages": [{"a": 1}]}).encode()
    steps = [step.step for step in json_walk.Walk(io.BytesIO(data), frozenset({("messages", "*")}))]
    assert steps == [Step.ENTER, Step.LARGE, Step.ENTER, Step.RECORD, Step.LEAVE, Step.LEAVE]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_none(raw: bytes) -> None:
    """Parsing ends with a value or with NoValue."""
    reason = "json_broken"
    try:
        parsed(raw)
    except NoValue as error:
        reason = error.reason
    assert reason in {"json_broken", "json_too_deep"}


def test_times_that_are_none() -> None:
    """What cannot be a time is None: nothing is guessed, nothing raised."""
    assert from_either("99999999999999999999") is None
    assert from_either(value=True) is None
    assert from_apple(1e300) is None
    assert from_iso("0001-01-01T00:00:00+14:00", JAPAN) == (None, "")
    with pytest.raises(EvidenceError):
        zone_named("Asia/Nowhere")
