"""What public samples of these formats are described to hold, invented anew: odd heads, odd notices, damage at the beginning."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from chat_forms import telegram
from chat_reading import counts_of, messages_of, places_are_true

from andon.domain.times import JAPAN
from andon.evidence.chats.model import Clock, Conversation, Event, Finding, Kind, Numbering

if TYPE_CHECKING:
    from collections.abc import Callable

_ORDERS = {"day_first": "{d}{s}{m}{s}{y}", "month_first": "{m}{s}{d}{s}{y}", "year_first": "{y}{s}{m}{s}{d}"}
_TIMES = {"24": "{h:02}:{n:02}", "24s": "{h:02}:{n:02}:07", "AM": "{t}:{n:02} {p}M", "ams": "{t}:{n:02}:07 {q}m", "dots": "{t}:{n:02} {q}. m.", "thin": "{t}:{n:02}\u202f{p}M"}
_FRAMES = {"dash": "{date}, {time} - ", "bare": "{date} {time} - ", "brackets": "[{date}, {time}] ", "tight": "[{date} {time}] "}
_FORMS = [one for one in product(_ORDERS, "/.-", (2, 4), _TIMES, _FRAMES) if not (one[0] == "year_first" and one[2] == 2)]


def _written(form: tuple[str, str, int, str, str], when: datetime, said: str) -> str:
    order, separator, digits, time, frame = form
    year = f"{when.year % 100:02}" if digits == 2 else str(when.year)
    date = _ORDERS[order].format(d=f"{when.day:02}", m=f"{when.month:02}", y=year, s=separator)
    half = "A" if when.hour < 12 else "P"
    shown = _TIMES[time].format(h=when.hour, n=when.minute, t=when.hour % 12 or 12, p=half, q=half.lower())
    return _FRAMES[frame].format(date=date, time=shown) + said + "\n"


@pytest.mark.parametrize("form", _FORMS, ids=lambda one: "-".join(map(str, one)))
def test_every_head_of_whatsapp(form: tuple[str, str, int, str, str], read: Callable[..., list[Any]]) -> None:
    """Order, separator, year, clock and frame in all combinations: every line is a message, and its time is the one that was written."""
    times = [datetime(2026, 3, 12, 0, 5, tzinfo=JAPAN), datetime(2026, 3, 13, 12, 6, tzinfo=JAPAN), datetime(2026, 3, 28, 21, 7, tzinfo=JAPAN)]
    lines = [_written(form, when, f"人{number}: 本文{number}") for number, when in enumerate(times)]
    messages = messages_of(read("_chat.txt", "".join(lines).encode()))
    assert [one.text for one in messages] == ["本文0", "本文1", "本文2"]
    assert [one.sent_at and one.sent_at.replace(second=0) for one in messages] == times
    assert {one.clock for one in messages} == {Clock.NAIVE}


def test_group_named_as_author(read: Callable[..., list[Any]]) -> None:
    """The notice of encryption at the beginning is the app's, also with the group's name before it; later the same words are a person's."""
    notice = "Messages to this group are now secured with end-to-end encryption. Tap for more info."
    items = read("_chat.txt", f"[8/6/16, 14:18:00] 仕事: {notice}\n[8/26/16, 14:19:00] ボス: {notice}\n[8/27/16, 14:20:00] ボス: 集合\n".encode())
    first, second, _ = messages_of(items)
    assert (first.kind, first.event, first.author) == (Kind.SERVICE, Event.ENCRYPTION, None)
    assert (second.kind, second.author) == (Kind.TEXT, "name:ボス")
    assert [who.name for who in [one for one in items if isinstance(one, Conversation)][-1].participants] == ["ボス"]


def test_order_that_nothing_decides(read: Callable[..., list[Any]]) -> None:
    """12/9/20 may be two days: one is assumed, and it is said."""
    items = read("_chat.txt", b"12/9/20, 10:00 - A: 1\n12/9/20, 10:01 - B: 2\n")
    assert [one.code for one in items if isinstance(one, Finding)] == ["date_order_undecided"]
    assert counts_of(items).messages == 2


def test_line_out_of_order(read: Callable[..., list[Any]]) -> None:
    """The last line of a file may be older than the one before: it stays where it stands."""
    items = read("_chat.txt", b"13/3/26, 10:00 - A: 1\n13/3/26, 11:00 - B: 2\n13/3/26, 09:00 - A: 3\n")
    assert [one.text for one in messages_of(items)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("written", "text"),
    [(" 一", "一"), ("\n一\n二", "一\n二"), ("一", "一"), ("", ""), (" 一\n-------------------------", "一\n-------------------------"), (" 12:30: 一", "12:30: 一")],
)
def test_matrix_bodies(written: str, text: str, read: Callable[..., list[Any]]) -> None:
    """The account ends at its second colon, whatever follows; only a line of exactly twenty dashes closes a message."""
    data = f"[2023-09-18 13:35:07] @a:matrix.example:{written}\n{'-' * 20}\n[2024-09-28 17:11:23] @b:matrix.example: 二\n{'-' * 20}\n".encode()
    items = read("2023-09-18.txt", data)
    assert [(one.author, one.text) for one in messages_of(items)] == [("matrix:@a:matrix.example", text), ("matrix:@b:matrix.example", "二")]
    places_are_true(items, data)


def test_nicknames_with_logs_inside(read: Callable[..., list[Any]]) -> None:
    """Lines with other dates inside a text go on with it; a name may hold a space, a text may be empty."""
    data = b"[05.06.20 10:00:00] bob b:\t\thello\n[05.06.20 10:00:01] al:\t\t\n2020-06-05 10:00:00 x\n  [05.06.20 10:00:00] y\n[30.06.20 10:00:02] al:\t\ta: b\n"
    messages = messages_of(read("log.txt", data))
    assert [(one.author_name, one.text) for one in messages] == [("bob b", "hello"), ("al", "\n2020-06-05 10:00:00 x\n  [05.06.20 10:00:00] y"), ("al", "a: b")]


def _jabber(body: str) -> str:
    return '{\n  "ts": "2021-02-02T06:25:48.928222",\n  "from": "a@x.example",\n  "to": "b@x.example",\n  "body": ' + body + "\n}\n"


@pytest.mark.parametrize("first", ['"a "b" c"', '"a " b"', '"a" "b",'])
def test_damage_in_the_first_record(first: str, read: Callable[..., list[Any]]) -> None:
    """Damage before any good record costs that record only."""
    data = (_jabber(first) + _jabber('"一"') + _jabber('"二"')).encode()
    items = read("jabber.json", data)
    assert [one.text for one in messages_of(items)] == ["一", "二"]
    assert counts_of(items).rejected == 1
    places_are_true(items, data)


def test_thread_named_with_letters(read: Callable[..., list[Any]]) -> None:
    """The files of one thread are one conversation, also where the folder's key has letters."""
    file = json.dumps({"participants": [{"name": "A"}], "messages": [{"sender_name": "A", "timestamp_ms": 1579294140000, "content": "x"}]}).encode()
    items = read("inbox/a_h8fTq2x/message_1.json", file, {"inbox/a_h8fTq2x/message_2.json": file})
    assert {one.conversation for one in messages_of(items)} == {"messenger:a_h8fTq2x"}


def test_slack_changes_and_direct_messages(read: Callable[..., list[Any]]) -> None:
    """A changed message says what it became and what it was; a direct message is named by who takes part, who are all there."""
    changed = {"type": "message", "subtype": "message_changed", "ts": "1651292573.000001", "message": {"text": "新"}, "previous_message": {"text": "旧", "ts": "1651292570.000000"}}
    users = [{"id": "U1", "name": "minato"}, {"id": "U2", "name": "boss"}]
    beside = {"users.json": json.dumps(users).encode(), "dms.json": b'[{"id":"D1","members":["U1","U2"]}]'}
    items = read("D1/2022-04-30.json", json.dumps([changed]).encode(), beside)
    (one,) = messages_of(items)
    assert (one.text, one.versions[0].text, one.event) == ("新", "旧", Event.EDITED)
    chat = [one for one in items if isinstance(one, Conversation)][-1]
    assert (chat.title, chat.kind, {who.key for who in chat.participants}) == ("minato, boss", "dm", {"slack:U1", "slack:U2"})


def test_telegram_shapes(read: Callable[..., list[Any]]) -> None:
    """Chats as a bare list, messages of Telegram's own account, and messages that say something without a text."""
    todo = telegram(3, todo_list={"title": "準備", "answers": [{"text": "下見"}, {"text": ["車", {"type": "bold", "text": "2台"}]}]})
    invoice = telegram(4, invoice_information='{"title": "会費"}')
    given = {"personal_information": {"user_id": 5}, "chats": [{"name": "A", "type": "verify_codes", "id": 1, "messages": [telegram(2, text="12345"), todo, invoice]}]}
    items = read("result.json", json.dumps(given, ensure_ascii=False).encode())
    assert [one.text for one in messages_of(items)] == ["12345", "準備\n- 下見\n- 車2台", '{"title": "会費"}']
    assert {one.numbering for one in items if isinstance(one, Conversation)} == {Numbering.PER_ACCOUNT}


def test_kakao_table_keeps_what_people_say(read: Callable[..., list[Any]]) -> None:
    """A line of the app counts as one only where it tells of its own author."""
    data = 'Date,User,Message\n2026-11-19 20:58:00,"A","B님이 나갔습니다."\n2026-11-19 20:59:00,"B","B님이 나갔습니다."\n2026-11-19 21:00:00,B\n'.encode()
    items = read("chat.csv", data)
    assert [(str(one.kind), one.event) for one in messages_of(items)] == [("text", None), ("service", Event.LEFT)]
    assert counts_of(items).rejected == 1


def test_discord_package_times(read: Callable[..., list[Any]]) -> None:
    """The number of a message gives its time to the millisecond; the owner is told by the file beside."""
    data = b'[{"ID":1000000000000000001,"Timestamp":"2022-07-22 09:22:59","Contents":"x","Attachments":""}]'
    items = read("p/messages/c1000000000000000009/messages.json", data, {"p/account/user.json": b'{"id":"7","username":"minato"}'})
    (one,) = messages_of(items)
    assert (one.author, one.conversation, one.clock) == ("discord:7", "discord:1000000000000000009", Clock.STATED)
    assert one.sent_at is not None
    assert one.sent_at.isoformat() == "2022-07-22T11:22:59.101000+00:00"
