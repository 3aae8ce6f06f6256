"""The files as the apps write them, one function each: bytes out of the story and a day."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import story

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

JAPAN = timezone(timedelta(hours=9))
_WEEKDAYS = "月火水木金土日"


def moment(day: date, when: story.When) -> datetime:
    """A time of the story, in Japan."""
    time = when[1] if when[1].count(":") > 1 else f"{when[1]}:00"
    return datetime.combine(day + timedelta(days=when[0]), datetime.strptime(time, "%H:%M:%S").time(), JAPAN)  # noqa: DTZ007 - the zone is put on


# Telegram


def _stamps(name: str, at: datetime) -> dict[str, str]:
    return {name: at.strftime("%Y-%m-%dT%H:%M:%S"), f"{name}_unixtime": str(int(at.timestamp()))}


def _telegram(number: int, said: story.Said, day: date, names: dict[int, str], read_at: datetime) -> dict[str, Any]:
    """One record of `result.json`, with the name that the sender had when the phone was read."""
    head, who, more = _stamps("date", moment(day, said.at)), f"user{said.who}", dict(said.more)
    if "action" in more:
        service = {"id": number, "type": "service", **head, "actor": names[said.who], "actor_id": who}
        return service | more | {"text": "", "text_entities": []}
    text, edited = said.text, {}
    if said.edited and moment(day, said.edited[0]) <= read_at:
        text, edited = said.edited[1], _stamps("edited", moment(day, said.edited[0]))
    made: dict[str, Any] = {"id": number, "type": "message", **head, **edited, "from": names[said.who], "from_id": who}
    made |= {"reply_to_message_id": said.reply} if said.reply else {}
    entities = [{"type": "plain", "text": text}] if text else []
    return made | more | {"text": text, "text_entities": entities}


def _on(phone: str, number: int, said: story.Said, day: date) -> str:
    """What a phone has of a message of the group: "all", "cleared" (the mark alone), or "" for nothing."""
    read_at, sent, set_at = (moment(day, when) for when in (story.READ_AT[phone], said.at, _timer().at))
    is_service = "action" in said.more
    gone = said.gone or sent > read_at or (sent > set_at and sent + timedelta(seconds=story.TIMER) < read_at and not is_service)
    own = {
        "a": number in story.DELETED_ON_A, "b": number < story.CLEARED_ON_B, "c": number < story.JOINED_ON_C,
    }  # fmt: skip
    if gone or own[phone]:
        return ""
    return "cleared" if phone == "b" and number == story.CLEARED_ON_B else "all"


def _timer() -> story.Said:
    return next(said for said in story.GROUP_STORY if said.more.get("action") == "set_messages_ttl")


def telegram_group(phone: str, day: date) -> dict[str, Any]:
    """The group as one phone has it."""
    names, read_at = story.EARLIER_NAMES if phone == "c" else story.NAMES, moment(day, story.READ_AT[phone])
    messages = []
    for number, said in enumerate(story.GROUP_STORY, 1):
        what = _on(phone, number, said, day)
        if what == "cleared":
            said = story.Said((-1, "18:05:00"), story.WATCH, more={"action": "clear_history"})  # noqa: PLW2901 - the mark stands in its place
        if what:
            messages.append(_telegram(number, said, day, names, read_at))
    return {"name": story.GROUP_TITLE, "type": "private_supergroup", "id": story.GROUP, "messages": messages}


def telegram_private(rows: Iterable[tuple[int, story.Said]], phone: str, day: date) -> dict[str, Any]:
    """The instructor's private chat on one phone."""
    names, read_at = story.EARLIER_NAMES if phone == "c" else story.NAMES, moment(day, story.READ_AT[phone])
    messages = [_telegram(number, said, day, names, read_at) for number, said in rows]
    return {"name": names[story.INSTRUCTOR], "type": "personal_chat", "id": story.INSTRUCTOR, "messages": messages}


def telegram_account(owner: int, chats: Sequence[dict[str, Any]]) -> bytes:
    """All chats of an account."""
    personal = {"user_id": owner, "first_name": story.NAMES[owner], "last_name": "", "phone_number": "", "username": "", "bio": ""}
    return _one_space({
        "about": "見本（架空）", "personal_information": personal, "contacts": {"about": "", "list": []},
        "chats": {"about": "", "list": list(chats)}, "left_chats": {"about": "", "list": []},
    })  # fmt: skip


def telegram_chat(chat: dict[str, Any]) -> bytes:
    """One chat."""
    return _one_space(chat)


def _one_space(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


# LINE and WhatsApp


def line_phone(title: str, saved: story.When, rows: Sequence[story.Line], day: date) -> bytes:
    """LINE's history sent from a phone: tabs, days on lines of their own, long texts in quotes."""
    out = [f"[LINE] {title}とのトーク履歴", f"保存日時：{moment(day, saved):%Y/%m/%d %H:%M}"]
    last = None
    for row in rows:
        at = moment(day, row.at)
        if at.date() != last:
            out += ["", f"{at:%Y/%m/%d}({_WEEKDAYS[at.weekday()]})"]
            last = at.date()
        text = f'"{row.text}"' if "\n" in row.text else row.text
        out.append(f"{at:%H:%M}\t{row.who}\t{text}")
    return ("\r\n".join(out) + "\r\n").encode()


def whatsapp(rows: Sequence[story.Line], day: date) -> bytes:
    """`_chat.txt` of a Japanese phone."""
    marked = "\u200e"  # before what the app itself writes
    lines = []
    for row in rows:
        by_app = not row.who or "削除されました" in row.text or "省略されました" in row.text
        name = f"{row.who or story.FRIEND}: "
        lines.append(f"[{moment(day, row.at):%Y/%m/%d %H:%M:%S}] {name}{marked if by_app else ''}{row.text}\r\n")
    return "".join(lines).encode()


# SMS and calls


def _milliseconds(day: date, when: story.When) -> str:
    return str(int(moment(day, when).timestamp() * 1000))


def sms(day: date) -> bytes:
    """SMS Backup & Restore."""
    rows = [
        f'  <sms protocol="0" address="{number}" date="{_milliseconds(day, at)}" type="{box}" subject="null" body="{html.escape(text)}" toa="null"'
        f' sc_toa="null" service_center="null" read="1" status="-1" locked="0" readable_date="" contact_name="{name}" />\n'
        for at, box, number, name, text in story.SMS_A
    ]
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>\n<smses count="{len(rows)}" backup_set="invented" backup_date="0">\n'
    return (head + "".join(rows) + "</smses>\n").encode()


def calls(day: date) -> bytes:
    """The same app's list of calls."""
    rows = [
        f'  <call number="{number}" duration="{seconds}" date="{_milliseconds(day, at)}" type="{kind}" presentation="1" readable_date=""'
        f' contact_name="{name}" />\n'
        for at, kind, number, name, seconds in story.CALLS_A
    ]
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>\n<calls count="{len(rows)}">\n'
    return (head + "".join(rows) + "</calls>\n").encode()


# Signal


def _bytes_of(name: str) -> str:
    """Sixteen bytes of a name: an id that nobody has."""
    return base64.b64encode(hashlib.sha256(f"invented/{name}".encode()).digest()[:16]).decode()


def signal(day: date) -> bytes:
    """`main.jsonl` of B's phone: one chat with K."""
    read_at = moment(day, story.READ_AT["b"])
    contact = {"aci": _bytes_of("k"), "e164": story.K_PHONE.lstrip("+"), "username": story.K_SIGNAL, "profileGivenName": "K"}
    frames: list[dict[str, Any]] = [
        {"version": "1", "backupTimeMs": str(int(read_at.timestamp() * 1000)), "mediaRootBackupKey": base64.b64encode(b"\0" * 32).decode()},
        {"account": {"givenName": story.NAMES[story.WATCH]}},
        {"recipient": {"id": "1", "self": {}}},
        {"recipient": {"id": "2", "contact": contact}},
        {"chat": {"id": "1", "recipientId": "2", "expirationTimerMs": str(story.TIMER * 1000), "expireTimerVersion": 3}},
    ]
    timer = 0
    for kind, when, who, what in story.SIGNAL_B:
        frames.append({"chatItem": _signal_item(kind, (day, when), who, what, timer)})
        timer = what if kind == "timer" else timer
    return "".join(json.dumps(frame, ensure_ascii=False, separators=(",", ":")) + "\n" for frame in frames).encode()


def _signal_item(kind: str, at: tuple[date, story.When], who: str, what: Any, timer: int) -> dict[str, Any]:  # noqa: ANN401 - as the kind wants
    sent = _milliseconds(*at)
    way = {"incoming": {"dateReceived": sent, "dateServerSent": sent, "read": True, "sealedSender": True}}
    if who == "b":
        way = {"outgoing": {"sendStatus": [{"recipientId": "2", "timestamp": sent, "read": {"sealedSender": True}}]}}
    item: dict[str, Any] = {"chatId": "1", "authorId": "2" if who == "k" else "1", "dateSent": sent}
    if kind in ("timer", "call"):
        return item | {"directionless": {}, "updateMessage": _signal_update(kind, what, sent)}
    if timer:
        item |= {"expiresInMs": str(timer * 1000), "expireStartDate": sent}
    if kind == "edited":
        old, new, edited_at = what
        earlier = item | way | {"standardMessage": {"text": {"body": old}}}
        return item | {"dateSent": _milliseconds(at[0], edited_at), "revisions": [earlier]} | way | {"standardMessage": {"text": {"body": new}}}
    return item | way | _signal_content(kind, what, at[0])


def _signal_update(kind: str, what: int, sent: str) -> dict[str, Any]:
    if kind == "timer":
        return {"expirationTimerChange": {"expiresInMs": str(what * 1000)}}
    return {"individualCall": {"callId": "1", "type": "AUDIO_CALL", "direction": "INCOMING", "state": "ACCEPTED", "startedCallTimestamp": sent}}


def _signal_content(kind: str, what: Any, day: date) -> dict[str, Any]:  # noqa: ANN401 - as the kind wants
    if kind == "deleted":
        return {"remoteDeletedMessage": {}}
    if kind == "photo":
        return {"standardMessage": {"attachments": [{"pointer": {"contentType": "image/jpeg", "fileName": what}}]}}
    if kind == "quote":
        text, target, quoted = what
        quote = {"targetSentTimestamp": _milliseconds(day, target), "authorId": "2", "text": {"body": quoted}, "type": "NORMAL"}
        return {"standardMessage": {"quote": quote, "text": {"body": text}}}
    return {"standardMessage": {"text": {"body": what}}}
