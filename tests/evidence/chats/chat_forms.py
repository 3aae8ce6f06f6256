"""Invented exports, one or more of each format, with what a correct reader gets of them."""

from __future__ import annotations

import json
import plistlib
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Form:
    """A file, its reader, and its counts: messages, deleted, service, unknown, context, rejected."""

    name: str
    reader: str
    data: bytes
    counts: tuple[int, int, int, int, int, int]
    texts: tuple[str, ...] = ()
    beside: dict[str, bytes] = field(default_factory=dict)


def _dump(value: Any, indent: int | None = 1) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent).encode()


def _mojibake(value: Any) -> bytes:
    """As Facebook writes it: each byte of UTF-8 as a character."""
    return json.dumps(json.loads(json.dumps(value, ensure_ascii=False).encode().decode("latin-1")), indent=2).encode()


def telegram(number: int, **more: Any) -> dict[str, Any]:
    """A message of a Telegram export."""
    when = {"date": "2026-11-19T20:58:00", "date_unixtime": "1795089480"}
    return {"id": number, "type": "message", **when, "from": "ボス", "from_id": "user123", "text": "", **more}


_TELEGRAM = {
    "name": "仕事", "type": "private_supergroup", "id": 77,
    "messages": [
        telegram(1, type="service", actor="ボス", actor_id="user123", action="create_group", title="仕事", members=["ボス", None]),
        telegram(2, text="明日10時"),
        telegram(4, text=["電話は", {"type": "phone", "text": "+81 90 1234 5678"}, "まで"], text_entities=[{"type": "phone", "text": "+81 90 1234 5678"}]),
        telegram(5, type="service", actor="ボス", actor_id="user123", action="set_messages_ttl", period=86400),
        {"id": 6, "type": "unsupported"},
        telegram(7, **{"from": None, "from_id": "user9"}, photo="(File not included. Change data exporting settings to download.)", reply_to_message_id=3),
        telegram(8, type="service", actor=None, actor_id="user9", action="a_new_one_of_2030"),
        telegram(9, sticker_emoji="👍", file="stickers/a.webp", media_type="sticker", forwarded_from=None),
        telegram(10, contact_information={"first_name": "運び", "last_name": "屋", "phone_number": "+81 90"}, reactions=[{"type": "emoji", "count": 3, "emoji": "👍", "recent": [{"from": "X", "from_id": "user5", "date": "2026-11-19T21:00:00"}]}]),
    ],
}  # fmt: skip
_ACCOUNT = {
    "about": "x", "personal_information": {"user_id": 5, "first_name": "み"},
    "chats": {"about": "", "list": [
        {"name": "A", "type": "personal_chat", "id": 1, "messages": [telegram(3, text="一"), telegram(5, text="三")]},
        {"type": "saved_messages", "id": 5, "messages": []},
        {"name": None, "type": "personal_chat", "id": 2, "messages": [telegram(4, text="二")]},
    ]},
    "left_chats": {"about": "", "list": [{"name": "B", "type": "private_group", "id": 3, "messages": [telegram(6, type="service", action="clear_history")]}]},
}  # fmt: skip
_LINE = (
    "[LINE] 仕事グループのトーク履歴\r\n保存日時：2026/11/20 21:05\r\n\r\n2026/11/19(木)\r\n20:58\tみなと\t募集まだですか？\r\n"
    '20:59\t運び屋 A\t"集合\r\n10:00 新宿駅東口\r\n身分証"\r\n21:00\t\tみなとがグループに参加しました。\r\n21:01\tみなと\t[写真]\r\n'
    "21:02\t\t運び屋 Aがメッセージの送信を取り消しました\r\n21:03\t運び屋 A\t☎ 通話時間 1:23\r\n\r\n2026/11/20(金)\r\n午前0:05\tみなと\t一行目\r\n\r\n2026/11/19(木)の件\r\n"
)
_LINE_EN = "Chat history in Crew\nSaved on: 12/11/2026, 9:05 PM\n\nFri, 12/11/2026\n08:58PM\tHana\tHello\n12:05AM\t\tHana unsent a message.\n12:06AM\tMe\t[Sticker]\n"
_LINE_ZH = "與小美的聊天記錄\n儲存日期：2026/1/30 21:05\n\n2026/1/30（週五）\n下午09:03\t小美\t你好\n下午09:04\t\t小美已收回訊息\n"
_LINE_PC = (
    "2026.11.19 木曜日\n20:58 運び屋 A 運び屋 Aがグループに参加しました。\n20:59 運び屋 A 明日の集合\n10:00 新宿駅東口\n\n身分証\n21:01 みなと 画像\n"
    "21:02 運び屋 Aがメッセージの送信を取り消しました\n21:03 運び屋 A グループ通話が開始されました\n2026.11.20 金曜日\n00:05 みなと 了解です\n"
)
_SIGNAL = [
    {"version": "1", "backupTimeMs": "1763600000000"}, {"account": {"givenName": "Me"}}, {"recipient": {"id": "1", "self": {}}},
    {"recipient": {"id": "2", "contact": {"aci": "ERERERERQRGBEREREREREQ==", "e164": "819012345678", "profileGivenName": "ボス", "nickname": {"given": "親分"}}}},
    {"recipient": {"id": "3", "group": {"masterKey": "AAAA", "snapshot": {"title": {"title": "仕事"}, "members": [{"userId": "1"}, {"userId": "2"}]}}}},
    {"chat": {"id": "10", "recipientId": "2", "expirationTimerMs": "86400000"}}, {"chat": {"id": "11", "recipientId": "3"}},
    {"chatItem": {"chatId": "10", "authorId": "2", "dateSent": "1763500000000", "expiresInMs": "86400000", "incoming": {"dateReceived": "1763500000100"}, "standardMessage": {"text": {"body": "荷物は18時"}}}},
    {"chatItem": {"chatId": "10", "authorId": "1", "dateSent": "1763500001000", "outgoing": {"sendStatus": [{"recipientId": "2", "timestamp": "1763500002000", "read": {}}]}, "revisions": [{"dateSent": "1763500000900", "standardMessage": {"text": {"body": "旧"}}}], "standardMessage": {"quote": {"targetSentTimestamp": "1763500000000", "authorId": "2", "text": {"body": "荷物は18時"}}, "text": {"body": "了解"}}}},
    {"chatItem": {"chatId": "10", "authorId": "2", "dateSent": "1763500003000", "directionless": {}, "updateMessage": {"expirationTimerChange": {"expiresInMs": "3600000"}}}},
    {"chatItem": {"chatId": "11", "authorId": "2", "dateSent": "1763500004000", "incoming": {}, "remoteDeletedMessage": {}}},
    {"chatItem": {"chatId": "11", "authorId": "2", "dateSent": "1763500005000", "incoming": {}, "messageOf2030": {"a": 1}}},
    {"chatItem": {"chatId": "11", "authorId": "2", "dateSent": "1763500006000", "incoming": {}, "viewOnceMessage": {}}},
]  # fmt: skip
_WHATSAPP = (
    "12/03/26, 20:58 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.\n"
    '12/03/26, 20:58 - ボス created group "仕事: 明日"\n13/03/26, 20:59 - ボス: 集合: 10時\n新宿\n13/03/26, 21:00 - みなと: <Media omitted>\n'
    "13/03/26, 21:01 - みなと: This message was deleted\n13/03/26, 21:02 - ボス turned on disappearing messages. New messages will disappear from this chat 24 hours after they're sent, except when kept.\n"
    "13/03/26, 21:03 - みなと: 了解 <This message was edited>\n13/03/26, 21:04 - みなと left\n13/03/26, 21:05 - ボス: he left\n"
)
_WHATSAPP_IOS = (
    "\u200e[2026/03/12 20:58:01] 仕事: \u200eMessages and calls are end-to-end encrypted.\n[2026/03/12 20:58:12] ~\u202fボス: 集合\n"
    "[2026/03/12 20:59:12] ボス: \u200e<attached: 00000042-PHOTO-2026-03-12-20-59-12.jpg>\n[2026/03/12 21:00:00] みなと: このメッセージは削除されました\n"
)
_SIGNAL_MD = "[2026-03-12, 12:23] みなと: こんにちは\n[2026-03-12, 12:24] ボス: 二行\n目\n"
_DISCORD = {
    "guild": {"id": "0", "name": "Direct Messages"}, "channel": {"id": "55", "type": "DirectGroupTextChat", "name": "x"}, "dateRange": {"after": None, "before": None},
    "messages": [
        {"id": "1000000000000000000", "type": "Default", "timestamp": "2022-07-22T10:00:00.123+09:00", "timestampEdited": "2022-07-22T10:01:00+09:00", "content": "やあ", "author": {"id": "7", "name": "n", "discriminator": "0001"}, "attachments": [{"id": "1", "url": "x", "fileName": "a.png", "fileSizeBytes": 3}], "reactions": [{"emoji": {"name": "👍"}, "count": 2}], "reference": None},
        {"id": "1000000000000000001", "type": "Call", "timestamp": "2022-07-22T10:00:00+00:00", "content": "Started a call", "author": {"id": "7", "name": "n"}},
        {"id": "1000000000000000002", "type": "Of2030", "timestamp": "bad", "content": "?", "author": {"id": "456226577798135808", "name": "Deleted User"}},
        {"id": "1000000000000000003", "type": "Reply", "timestamp": "2022-07-22T10:00:00+00:00", "content": "はい", "author": {"id": "8", "name": "m"}, "reference": {"messageId": "1000000000000000000", "channelId": "55"}},
    ], "messageCount": 4,
}  # fmt: skip
_META = {
    "participants": [{"name": "みなと"}, {"name": "ボス"}],
    "messages": [
        {"sender_name": "みなと", "timestamp_ms": 1579294140000, "content": "明日☺", "type": "Generic", "reactions": [{"reaction": "👍", "actor": "ボス"}]},
        {"sender_name": "ボス", "timestamp_ms": 1579294139000, "is_unsent": True},
        {"sender_name": "ボス", "timestamp_ms": 1579294138000, "photos": [{"uri": "a/b.jpg", "creation_timestamp": 1579294138}]},
        {"sender_name": "ボス", "timestamp_ms": 1579294137000, "type": "Call", "call_duration": 5},
        {"sender_name": "ボス", "timestamp_ms": 1579294136000, "type": "Of2030"},
    ], "title": "みなと", "thread_type": "Regular",
}  # fmt: skip
_SLACK = [
    {"type": "message", "user": "U1", "text": "<@U2> こんにちは &amp; <https://a.example|見積>", "ts": "1651292573.797389"},
    {"type": "message", "subtype": "tombstone", "text": "This message was deleted.", "ts": "1651292574.797389", "user": "USLACKBOT"},
    {"type": "message", "subtype": "channel_join", "user": "U2", "text": "joined", "ts": "1651292575.000000"},
    {"type": "message", "subtype": "of_2030", "ts": "1651292576.000000"},
    {"type": "message", "user": "U2", "text": "返事", "ts": "1651292577.000001", "thread_ts": "1651292573.797389"},
]  # fmt: skip
_X = [{"dmConversation": {"conversationId": "1-2", "messages": [
    {"messageCreate": {"recipientId": "1", "reactions": [{"senderId": "1", "reactionKey": "like", "eventId": "5", "createdAt": "2026-01-01T00:00:01.000Z"}], "urls": [], "text": "やあ", "mediaUrls": [], "senderId": "2", "id": "99", "createdAt": "2026-01-01T00:00:00.000Z"}},
    {"participantsLeave": {"userIds": ["2"], "createdAt": "2026-01-01T00:00:00.000Z"}}, {"of2030": {"id": "1"}},
]}}]  # fmt: skip
_JABBER = b"\n".join(
    _dump({"ts": "2021-02-02T06:25:48.928222", "from": "a@x.example", "to": "b@x.example", "body": text}, 2) for text in ("一", "二", "")
)
_ROCKET = {"messages": [
    {"_id": "a1", "rid": "R", "msg": "一", "ts": "2021-01-01T00:00:00.000Z", "u": {"_id": "u1", "username": "x", "name": "X"}},
    {"_id": "a2", "rid": "R", "t": "uj", "msg": "x", "ts": "2021-01-01T00:00:01.000Z", "u": {"_id": "u1", "username": "x"}},
    {"_id": "a3", "rid": "R", "t": "e2e", "msg": "b64", "ts": "2021-01-01T00:00:02.000Z", "u": {"_id": "u1", "username": "x"}},
    {"_id": "a4", "rid": "R", "t": "rm", "msg": "", "ts": {"$date": "2021-01-01T00:00:03.000Z"}, "u": {"_id": "u1", "username": "x"}},
    {"_id": "a5", "rid": "R", "t": "of2030", "msg": "", "ts": "bad", "u": {}},
]}  # fmt: skip
_SMS = (
    "<?xml version='1.0' encoding='UTF-8'?>\n<smses count=\"4\" backup_date=\"1763600000000\">\n"
    '  <sms address="+819012345678" date="1763500000000" type="1" subject="null" body="明日10時&#10;新宿 &#55357;&#56832; a>b" contact_name="(Unknown)" />\n'
    '  <sms address="09012345678" date="1763500100000" type="2" body="了解" contact_name="ボス" />\n'
    '  <mms date="1763500200" msg_box="1" address="+819012345678~+818011112222" contact_name="ボス, 見張り"><parts><part seq="0" ct="text/plain" text="画像" />'
    '<part seq="1" ct="image/jpeg" name="a.jpg" data="/9j/" /></parts><addrs><addr address="+818011112222" type="137" /></addrs></mms>\n'
    '  <call number="09012345678" duration="61" date="1763500300000" type="1" />\n</smses>'
).encode()
_HTML = (
    '<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">\n仕事 </div></div></div>'
    '<div class="history">\n<div class="message service" id="message-1"><div class="body details">19 November 2026</div></div>\n'
    '<div class="message default clearfix" id="message12"><div class="body"><div class="pull_right date details" title="19.11.2026 20:58:00 UTC+09:00">20:58</div>'
    '<div class="from_name">ボス </div><div class="text">集合<br>新宿</div></div></div>\n'
    '<div class="message default clearfix joined" id="message13"><div class="body"><div class="pull_right date details" title="19.11.2026 20:59:00">x</div>'
    '<div class="reply_to details"><a href="#go_to_message12">x</a></div><div class="media_wrap"><a class="photo_wrap" href="photos/a.jpg"></a></div></div></div>\n'
    '<div class="message service" id="message14"><div class="body details">ボス set messages to auto-delete in 1 day</div></div>\n</div></div></body></html>'
).encode()


def _party(name: str, key: str, owner: str = "") -> str:
    mine = f'<field name="IsPhoneOwner" type="Boolean"><value type="Boolean">{owner}</value></field>' if owner else ""
    return f'<model type="Party" id="p{key}"><field name="Identifier" type="String"><value><![CDATA[{key}]]></value></field><field name="Name" type="String"><value><![CDATA[{name}]]></value></field>{mine}</model>'


def _ufed_message(number: int, text: str, state: str) -> str:
    return (
        f'<model type="InstantMessage" id="m{number}" deleted_state="{state}"><field name="Body" type="String"><value><![CDATA[{text}]]></value></field>'
        f'<field name="TimeStamp" type="TimeStamp"><value>2026-11-19T20:58:00.000+09:00</value></field><modelField name="From" type="Party">{_party("", "u002")}</modelField></model>\n'
    )


_UFED = (
    '<?xml version="1.0" encoding="utf-8"?>\n<project id="p1" xmlns="http://pa.cellebrite.com/report/2.0"><decodedData><modelType type="Chat"><model type="Chat" id="c1" deleted_state="Intact">'
    '<field name="Source" type="String"><value><![CDATA[LINE]]></value></field><field name="Id" type="String"><value><![CDATA[cabc]]></value></field>'
    f'<multiModelField name="Participants" type="Party">{_party("みなと", "u001", "True")}{_party("運び屋", "u002", "False")}</multiModelField>\n'
    f'<multiModelField name="Messages" type="InstantMessage">{_ufed_message(1, "募集", "Intact")}{_ufed_message(2, "明日", "Deleted")}{_ufed_message(3, "", "Deleted")}</multiModelField>'
    "</model></modelType></decodedData></project>"
).encode()
_U = "uco-observable:"
_CASE = {
    "@context": {"uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/"},
    "@graph": [
        {"@id": "kb:m1", "@type": f"{_U}Message", "uco-core:hasFacet": [{"@type": f"{_U}MessageFacet", f"{_U}messageText": "やあ", f"{_U}from": {"@id": "kb:a1"}, f"{_U}to": [{"@id": "kb:a2"}], f"{_U}sentTime": {"@type": "xsd:dateTime", "@value": "2026-01-15T17:59:43.25Z"}}]},
        {"@id": "kb:m2", "@type": f"{_U}Message"},
        {"@id": "kb:a1", "@type": f"{_U}ApplicationAccount", "uco-core:hasFacet": {"@type": f"{_U}DigitalAccountFacet", f"{_U}displayName": "ボス"}},
        {"@id": "kb:t", "@type": f"{_U}MessageThread", "uco-core:name": "仕事", "uco-core:hasFacet": [{"@type": f"{_U}MessageThreadFacet", f"{_U}participant": {"@id": "kb:a1"}, f"{_U}messageThread": {"co:element": [{"@id": "kb:m1"}, {"@id": "kb:m2"}], "co:size": {"@value": "2"}}}]},
    ],
}  # fmt: skip
_MATRIX = "[2023-09-18 13:35:07] @a:matrix.example: 一\n続き [2020-01-01 10:00:00] @z:x: ログ\n--------------------\n[2023-09-18 13:35:08] @b:matrix.example: 二\n--------------------\n"
_NICKS = "[01.02.21 10:00:00] bob:\t\thello\nlog [2020-01-01 10:00:00] foo\n[13.02.21 10:00:00] al:\t\tyo\n"
_KAKAO = (
    "仕事 님과 카카오톡 대화\n저장한 날짜 : 2026년 11월 20일 오후 9:05\n\n2026년 11월 19일 목요일\n2026년 11월 19일 오후 11:59, ボス : 집합: 10시\n신주쿠\n"
    "2026년 11월 20일 오전 12:05, みなと : 삭제된 메시지입니다.\n2026년 11월 20일 오전 12:06, ボス님이 나갔습니다.\n2026년 11월 20일 오전 12:07, みなと : 사진\n"
)
_KAKAO_IOS = "2026. 11. 19. 오후 8:26: ボス님이 들어왔습니다.\n2026. 11. 19. 오후 8:27, ボス : 안녕\n2026. 11. 19. 오후 8:28, みなと : 네\n"
_KAKAO_PC = (
    "仕事 님과 카카오톡 대화\r\n저장한 날짜 : 2026-11-20 21:05:00\r\n\r\n--------------- 2026년 11월 19일 목요일 ---------------\r\n[ボス] [오후 11:59] 집합\r\n신주쿠\r\n"
    "ボス님이 나갔습니다.\r\n--------------- 2026년 11월 20일 금요일 ---------------\r\n[みなと] [오전 12:05] 이모티콘\r\n"
)
_KAKAO_EN = "KakaoTalk Chats with Boss\nDate Saved : 2026-11-20 21:05:00\n\n--------------- Thursday, November 19, 2026 ---------------\n[Boss] [11:59 PM] meet\n[me] [11:59 PM] This message was deleted.\nBoss left this chatroom.\n"
_KAKAO_JA = "ボスさんとのカカオトーク\n保存した日付 : 2026-11-20 21:05:00\n\n--------------- 2026年11月19日木曜日 ---------------\n[ボス] [午後 11:59] 集合\n[みなと] [午前 0:05] 写真\n"
_WECHAT = "老板 2026-11-19 20:58:00\n明天10点集合\n新宿\n\n小美 2026-11-19 20:59:05\n[图片]\n\n小美 2026-11-19 21:00:00\n你撤回了一条消息\n"
_WECHAT_BEHIND = "2026-11-19 20:58:00 老板\n明天10点\n\n2026-11-19 20:59:00 '小美'\n好的\n\n2026-11-19 21:00:00 系统\n\"小美\"邀请\"老板\"加入了群聊\n"
_WECHAT_MAIL = "—————  2026-11-19  —————\n\n老板  20:58\n\n明天10点集合\n\n小美  20:59\n\n好的\n\n—————  2026-11-20  —————\n\n老板  00:05\n\n[语音]\n"
_LEAPP = (
    "Start Time\tFrom ID\tTo ID\tDirection\tThread ID\tMessage\tAttachments\n2026-11-19 11:58:00+00:00\tu1\t\tIncoming\tc1\t集合\t\n"
    '2026-11-19 11:59:00\t\tu1\tOutgoing\tc1\t"一行目\n""二行目"""\t\n\t\t\t\t\t\t\n???\tu2\t\tIncoming\tc2\t\tfiles/a.jpg\n'
)
_KAKAO_CSV = (
    'Date,User,Message\n2026-11-19 20:58:00,"ボス","集合: 10時\n新宿, 東口"\n2026-11-19 20:59:00,"みなと","ボス left this chatroom."\n'
    '2026-11-19 21:00:00,"ボス","ボス left this chatroom."\n2026-11-19 21:01:00,"みなと","사진"\n2026-11-19 21:02:00,"みなと","This message was deleted."\n'
)
_WEFLOW = {
    "weflow": {"version": "1.0.3", "exportedAt": 1795089480}, "session": {"wxid": "123@chatroom", "nickname": "仕事", "type": "群聊", "messageCount": 6},
    "senders": [{"senderID": 1, "wxid": "wxid_boss", "displayName": "老板"}],
    "messages": [
        {"localId": 1, "createTime": 1795089480, "type": "文本消息", "localType": 1, "content": "明天10点集合", "isSend": 0, "senderUsername": "wxid_boss", "senderDisplayName": "老板", "platformMessageId": "900"},
        {"localId": 2, "createTime": 1795089481, "type": "文本消息", "content": "好的", "isSend": 1, "senderUsername": "wxid_me", "senderDisplayName": "我", "platformMessageId": "901"},
        {"localId": 3, "createTime": 1795089482, "type": "系统消息", "content": '"老板" 撤回了一条消息', "isSend": None, "platformMessageId": "902"},
        {"localId": 4, "createTime": 1795089483, "type": "图片消息", "content": "[图片]", "isSend": 0, "senderID": 1, "platformMessageId": "903"},
        {"localId": 5, "createTime": 1795089484, "type": "系统消息", "content": "群聊名称已更新", "isSend": None},
        {"localId": 6, "createTime": "bad", "type": "2030", "content": None, "isSend": 0, "senderUsername": "wxid_boss"},
    ],
}  # fmt: skip
_PACKAGE = [
    {"ID": 1000000000000000001, "Timestamp": "2022-07-22 10:00:00", "Contents": "二", "Attachments": ""},
    {"ID": "1000000000000000000", "Timestamp": "2022-07-22 09:59:59", "Contents": "", "Attachments": "https://a.example/x/b.png?e=1"},
    {"ID": 5, "Timestamp": "bad", "Contents": "", "Attachments": ""},
]
_PACKAGE_CSV = 'ID,Timestamp,Contents,Attachments\n1000000000000000001,2022-07-22 10:00:00.123000+00:00,"一, 二\n三",\n1000000000000000000,2022-07-22 09:59:59,,https://a.example/b.png\n'
_CHANNEL = {"messages/c1000000000000000009/channel.json": b'{"id":"1000000000000000009","type":1,"recipients":["7","8"]}', "account/user.json": b'{"id":"7","username":"minato"}'}

FORMS = (
    Form("result.json", "telegram_json", _dump(_TELEGRAM), (5, 0, 3, 1, 0, 0), ("明日10時", "電話は+81 90 1234 5678まで")),
    Form("flat/result.json", "telegram_json", _dump(_TELEGRAM, None), (5, 0, 3, 1, 0, 0)),
    Form("account/result.json", "telegram_json", _dump(_ACCOUNT), (3, 0, 1, 0, 0, 0), ("一", "三", "二")),
    Form("line.txt", "line_phone", _LINE.encode("utf-8-sig"), (5, 1, 1, 0, 5, 0), ("募集まだですか？", "集合\n10:00 新宿駅東口\n身分証", "一行目\n\n2026/11/19(木)の件")),
    Form("line_en.txt", "line_phone", _LINE_EN.encode(), (2, 1, 0, 0, 4, 0), ("Hello",)),
    Form("line_zh.txt", "line_phone", _LINE_ZH.encode(), (1, 1, 0, 0, 4, 0), ("你好",)),
    Form("line_sjis.txt", "line_phone", _LINE.encode("cp932", "replace"), (5, 1, 1, 0, 5, 0), ("募集まだですか？",)),
    Form("line_wide.txt", "line_phone", _LINE.encode("utf-16"), (5, 1, 1, 0, 5, 0), ("募集まだですか？",)),
    Form("[LINE]仕事.txt", "line_pc", _LINE_PC.encode(), (3, 1, 2, 0, 2, 0), ("明日の集合\n10:00 新宿駅東口\n\n身分証", "了解です")),
    Form("main.jsonl", "signal_jsonl", b"\n".join(_dump(one, None).replace(b'": ', b'":') for one in _SIGNAL) + b"\n", (3, 1, 1, 1, 7, 0), ("荷物は18時", "了解")),
    Form("WhatsApp Chat with 仕事.txt", "whatsapp_text", _WHATSAPP.encode(), (4, 1, 4, 0, 0, 0), ("集合: 10時\n新宿", "了解", "he left")),
    Form("_chat.txt", "whatsapp_text", _WHATSAPP_IOS.encode(), (2, 1, 1, 0, 0, 0), ("集合",)),
    Form("signal.md", "whatsapp_text", _SIGNAL_MD.encode(), (2, 0, 0, 0, 0, 0), ("二行\n目",)),
    Form("discord.json", "discord_json", _dump(_DISCORD), (2, 0, 1, 1, 0, 0), ("やあ", "はい")),
    Form("messages/inbox/minato_123456/message_1.json", "meta_json", b"\xef\xbb\xbf" + _mojibake(_META), (3, 1, 0, 1, 0, 0), ("明日☺",)),
    Form("general/2022-04-30.json", "slack_json", _dump(_SLACK), (2, 1, 1, 1, 0, 0), ("@jo こんにちは & 見積 (https://a.example)",), {"users.json": _dump([{"id": "U2", "name": "jo"}])}),
    Form("data/direct-messages.js", "x_archive", b"window.YTD.direct_messages.part0 = " + _dump(_X) + b";", (1, 0, 1, 1, 0, 0), ("やあ",), {"data/account.js": b'window.YTD.account.part0 = [{"account":{"accountId":"1"}}]'}),
    Form("jabber.json", "jabber_json", _JABBER, (3, 0, 0, 0, 0, 0), ("一", "二")),
    Form("2021-01-01-room.json", "rocketchat_json", _dump(_ROCKET, None), (2, 1, 1, 1, 0, 0), ("一",)),
    Form("sms.xml", "sms_xml", _SMS, (4, 0, 0, 0, 0, 0), ("明日10時\n新宿 😀 a>b", "了解", "画像")),
    Form("messages.html", "telegram_html", _HTML, (2, 0, 1, 0, 1, 0), ("集合\n新宿",)),
    Form("report.xml", "ufed_xml", _UFED, (2, 1, 0, 0, 0, 0), ("募集", "明日")),
    Form("case.json", "case_json", _dump(_CASE), (1, 0, 0, 1, 2, 0), ("やあ",)),
    Form("matrix.txt", "chat_log", _MATRIX.encode(), (2, 0, 0, 0, 0, 0), ("一\n続き [2020-01-01 10:00:00] @z:x: ログ", "二")),
    Form("nicks.txt", "chat_log", _NICKS.encode(), (2, 0, 0, 0, 0, 0), ("hello\nlog [2020-01-01 10:00:00] foo", "yo")),
    Form("KakaoTalkChats.txt", "kakao_text", _KAKAO.encode(), (2, 1, 1, 0, 4, 0), ("집합: 10시\n신주쿠",)),
    Form("Talk_2026.txt", "kakao_text", _KAKAO_IOS.encode(), (2, 0, 1, 0, 0, 0), ("안녕", "네")),
    Form("kakao_pc.txt", "kakao_text", _KAKAO_PC.encode("utf-8-sig"), (2, 0, 1, 0, 5, 0), ("집합\n신주쿠",)),
    Form("kakao_en.txt", "kakao_text", _KAKAO_EN.encode(), (1, 1, 1, 0, 4, 0), ("meet",)),
    Form("kakao_ja.txt", "kakao_text", _KAKAO_JA.encode(), (2, 0, 0, 0, 4, 0), ("集合",)),
    Form("wechat.txt", "wechat_text", _WECHAT.encode(), (2, 1, 0, 0, 0, 0), ("明天10点集合\n新宿",)),
    Form("微信_仕事.txt", "wechat_text", _WECHAT_BEHIND.encode(), (2, 0, 1, 0, 0, 0), ("明天10点", "好的")),
    Form("wechat_mail.txt", "wechat_text", _WECHAT_MAIL.encode(), (3, 0, 0, 0, 4, 0), ("明天10点集合", "好的")),
    Form("KakaoTalk_Chat_仕事_2026-11-20-21-05-00.csv", "kakao_csv", _KAKAO_CSV.encode("utf-8-sig"), (3, 1, 1, 0, 1, 0), ("集合: 10時\n新宿, 東口", "ボス left this chatroom.")),
    Form("仕事.json", "weflow_json", _dump(_WEFLOW, 2), (3, 1, 1, 1, 0, 0), ("明天10点集合", "好的")),
    Form("messages/c1000000000000000009/messages.json", "discord_package", _dump(_PACKAGE, None), (2, 0, 0, 1, 0, 0), ("二",), _CHANNEL),
    Form("messages/c1000000000000000009/messages.csv", "discord_package", _PACKAGE_CSV.encode(), (2, 0, 0, 0, 1, 0), ("一, 二\n三",), _CHANNEL),
    Form("_TSV Exports/Line - Messages.tsv", "leapp_tsv", _LEAPP.encode("utf-8-sig"), (3, 0, 0, 0, 2, 0), ("集合", '一行目\n"二行目"')),
)  # fmt: skip


def _database(path: Path, script: str) -> None:
    with sqlite3.connect(path) as database:
        database.executescript(script)
    database.close()


def whatsapp_ios(path: Path) -> None:
    """Five messages of one group, the fourth row gone."""
    rows = ",".join(
        f"({key},1,{kind},{mine},{member},{sort},{700000000 + key},'k{key}',{text})"
        for key, kind, mine, member, sort, text in (
            (1, 6, 0, "NULL", 1, "NULL"), (2, 0, 0, 1, 2, "'集合'"), (3, 0, 1, "NULL", 3, "'了解'"), (5, 14, 0, 1, 5, "NULL"), (6, 99, 0, 1, 6, "'?'"),
        )
    )  # fmt: skip
    _database(
        path,
        "CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION, ZMESSAGETYPE, ZISFROMME, ZGROUPMEMBER, ZSORT, ZMESSAGEDATE, ZSTANZAID, ZTEXT);"
        "CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZCONTACTJID, ZPARTNERNAME, ZSESSIONTYPE, ZMESSAGECOUNTER);"
        "CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION, ZMEMBERJID, ZCONTACTNAME);"
        "INSERT INTO ZWACHATSESSION VALUES (1,'123@g.us','仕事',1,6); INSERT INTO ZWAGROUPMEMBER VALUES (1,1,'819012345678@s.whatsapp.net','ボス');"
        f"INSERT INTO ZWAMESSAGE VALUES {rows};",
    )


def whatsapp_android(path: Path) -> None:
    """A text, a revoked message, a notice."""
    _database(
        path,
        "CREATE TABLE jid (_id INTEGER PRIMARY KEY, raw_string); CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id, subject, ephemeral_expiration);"
        "CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id, from_me, key_id, sender_jid_row_id, timestamp, text_data, message_type);"
        "INSERT INTO jid VALUES (1,'819012345678@s.whatsapp.net'); INSERT INTO chat VALUES (1,1,NULL,86400);"
        "INSERT INTO message VALUES (1,-1,0,'x',0,0,NULL,-1),(2,1,0,'A',0,1763500000000,'集合',0),(3,1,1,'B',0,1763500001000,NULL,15),(4,1,0,'C',0,1763500002000,NULL,7);",
    )


def whatsapp_android_old(path: Path) -> None:
    """A group: a notice, an answer, a picture, a message deleted for everybody; the third row gone, and two more behind the last."""
    _database(
        path,
        "CREATE TABLE chat_list (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid, subject); CREATE TABLE group_participants (_id INTEGER PRIMARY KEY, gjid, jid, admin);"
        "CREATE TABLE messages_quotes (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_id, data);"
        "CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid, key_from_me, key_id, status, data, timestamp, media_mime_type, media_wa_type TEXT, media_size, media_name, latitude, longitude, remote_resource, quoted_row_id, media_caption, forwarded);"
        "INSERT INTO chat_list VALUES (1,'123@g.us','仕事'); INSERT INTO group_participants VALUES (1,'123@g.us','819012345678@s.whatsapp.net',1),(2,'123@g.us','',0);"
        "INSERT INTO messages_quotes VALUES (4,'K2','集合');"
        "INSERT INTO messages VALUES (1,'-1',0,'-1',-1,NULL,0,NULL,NULL,0,NULL,0,0,NULL,NULL,NULL,NULL),"
        "(2,'123@g.us',0,'K2',0,'集合',1563500000000,NULL,'0',0,NULL,0,0,'819012345678@s.whatsapp.net',0,NULL,1),"
        "(4,'123@g.us',1,'K4',5,'了解',1563500001000,NULL,'0',0,NULL,0,0,NULL,4,NULL,0),"
        "(5,'123@g.us',0,'K5',6,'仕事2',1563500002000,NULL,'0',5,NULL,0,0,'819012345678@s.whatsapp.net',NULL,NULL,NULL),"
        "(6,'123@g.us',0,'K6',0,NULL,1563500003000,'image/jpeg','1',900,'a.jpg',0,0,'819012345678@s.whatsapp.net',NULL,'下見',NULL),"
        "(7,'123@g.us',0,'K7',0,NULL,1563500004000,NULL,'15',0,NULL,0,0,'819012345678@s.whatsapp.net',NULL,NULL,NULL),"
        "(9,'x',0,'K9',0,'',1,NULL,'0',0,NULL,0,0,NULL,NULL,NULL,NULL); DELETE FROM messages WHERE _id = 9;",
    )


def signal_desktop(path: Path) -> None:
    """A text with a quote, a timer change, a message deleted for everyone."""
    quote = json.dumps(
        {"quote": {"id": 1763500000000, "authorAci": "S1", "text": "前"}, "reactions": [{"emoji": "👍", "fromId": "C1", "timestamp": 1763500000001}]}
    )
    timer, gone = json.dumps({"expirationTimerUpdate": {"expireTimer": 3600}}), json.dumps({"deletedForEveryone": True})
    _database(
        path,
        "CREATE TABLE items (id); CREATE TABLE conversations (id, type, serviceId, e164, name, profileName, members, json);"
        "CREATE TABLE messages (id, conversationId, type, body, json, sourceServiceId, sent_at, expireTimer);"
        "INSERT INTO conversations VALUES ('C1','private','S1','+8190','ボス',NULL,NULL,'{\"expireTimer\": 86400}');"
        f"INSERT INTO messages VALUES ('a','C1','incoming','集合','{quote}','S1',1763500000000,86400),('b','C1','timer-notification',NULL,'{timer}','S1',1763500001000,NULL),"
        f"('c','C1','incoming','','{gone}','S1',1763500002000,NULL),('d','C1','of-2030','','{{}}','S1',1763500003000,NULL);",
    )


def line_ios(path: Path) -> None:
    """A group: a text, an own picture, a kind that is not known; the third row gone."""
    _database(
        path,
        "CREATE TABLE ZUSER (Z_PK INTEGER PRIMARY KEY, ZMID, ZNAME, ZADDRESSBOOKNAME); CREATE TABLE ZCHAT (Z_PK INTEGER PRIMARY KEY, ZMID, ZTYPE);"
        "CREATE TABLE ZGROUP (Z_PK INTEGER PRIMARY KEY, ZID, ZNAME);"
        "CREATE TABLE ZMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHAT, ZSENDER, ZID, ZTEXT, ZTIMESTAMP, ZCONTENTTYPE, ZLATITUDE, ZLONGITUDE, ZTHUMBNAIL BLOB);"
        "INSERT INTO ZUSER VALUES (1,'u1','ボス','親分'); INSERT INTO ZCHAT VALUES (1,'c1',2),(2,'u1',0); INSERT INTO ZGROUP VALUES (1,'c1','仕事');"
        "INSERT INTO ZMESSAGE VALUES (1,1,1,'100','集合',1763500000000,0,NULL,NULL,NULL),(2,1,NULL,'101',NULL,1763500001000,1,NULL,NULL,x'ffd8'),"
        "(4,2,1,'103','?',1763500002000,99,NULL,NULL,NULL),(5,2,1,'104','新宿',1763500003000,15,35.69,139.7,NULL);",
    )


def line_android(path: Path) -> None:
    """A group and a person: a text, an own sticker, a kind that is not known."""
    _database(
        path,
        "CREATE TABLE contacts (m_id, server_name, name); CREATE TABLE membership (id, m_id); CREATE TABLE groups (id, name);"
        "CREATE TABLE chat_history (id INTEGER PRIMARY KEY, server_id, type, chat_id, from_mid, content, created_time, delivered_time, status, attachement_type, attachement_local_uri, parameter);"
        "INSERT INTO contacts VALUES ('u1','ボス',NULL),('u2',NULL,'運び屋'); INSERT INTO membership VALUES ('c1','u1'),('c1','u2'); INSERT INTO groups VALUES ('c1','仕事');"
        "INSERT INTO chat_history VALUES (1,'900',1,'c1','u1','集合','1763500000000',NULL,1,0,NULL,NULL),(2,'901',5,'c1',NULL,NULL,'1763500001000',NULL,3,7,NULL,'STKID\t1'),"
        "(4,'903',4,'u1','u1',NULL,'1763500002000',NULL,1,77,NULL,NULL),(5,'904',1,'u1','u1',NULL,'bad',NULL,1,1,'files/a.jpg',NULL);",
    )


def _typed_stream(text: str) -> bytes:
    """A text as Apple's messages keep it."""
    raw = text.encode()
    length = bytes([len(raw)]) if len(raw) < 0x80 else b"\x81" + len(raw).to_bytes(2, "little")
    return b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+" + length + raw + b"\x86\x84"


def imessage(path: Path) -> None:
    """A text in its binary column, an own edited one, a like, a message taken back, a title, one in the bin; the fourth row gone."""
    info = plistlib.dumps({"ec": {"0": [{"d": 785192400.0, "t": _typed_stream("旧")}, {"d": 785192460.0, "t": _typed_stream("新")}]}, "otr": {}}, fmt=plistlib.FMT_BINARY)
    back = plistlib.dumps({"rp": [0]}, fmt=plistlib.FMT_BINARY)
    _database(
        path,
        "CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id, service); CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid, chat_identifier, display_name, style);"
        "CREATE TABLE chat_message_join (chat_id, message_id); CREATE TABLE chat_recoverable_message_join (chat_id, message_id); CREATE TABLE chat_handle_join (chat_id, handle_id);"
        "CREATE TABLE message_attachment_join (message_id, attachment_id); CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename, transfer_name, mime_type, total_bytes);"
        "CREATE TABLE deleted_messages (ROWID INTEGER PRIMARY KEY, guid);"
        "CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid, text, attributedBody, handle_id, is_from_me, date, date_edited, date_retracted, message_summary_info, item_type,"
        " group_title, group_action_type, associated_message_type, associated_message_guid, thread_originator_guid, service);"
        "INSERT INTO handle VALUES (1,'+819012345678','iMessage'),(2,'boss@example.com','iMessage'); INSERT INTO chat VALUES (1,'iMessage;+;chat1','chat1','仕事',43);"
        "INSERT INTO chat_handle_join VALUES (1,1),(1,2); INSERT INTO deleted_messages VALUES (1,'GONE'); INSERT INTO attachment VALUES (9,'~/a.heic','a.heic','image/heic',12);"
        f"INSERT INTO message VALUES (1,'G1',NULL,x'{_typed_stream('集合 ' + 'あ' * 60).hex()}',1,0,785192400000000000,0,0,NULL,0,NULL,0,0,NULL,NULL,'iMessage'),"
        f"(2,'G2','新',NULL,0,1,785192401000000000,785192460000000000,0,x'{info.hex()}',0,NULL,0,0,NULL,'G1','iMessage'),"
        "(3,'G3','“集合”に「いいね」',NULL,2,0,785192402000000000,0,0,NULL,0,NULL,0,2001,'p:0/G1',NULL,'iMessage'),"
        f"(5,'G5',NULL,NULL,1,0,785192403000000000,0,785192410000000000,x'{back.hex()}',0,NULL,0,0,NULL,NULL,'iMessage'),"
        "(6,'G6',NULL,NULL,1,0,785192404000000000,0,0,NULL,2,'仕事2',0,0,NULL,NULL,'iMessage'),"
        "(7,'G7','\ufffc',NULL,1,0,785192405000000000,0,0,NULL,0,NULL,0,0,NULL,NULL,'iMessage');"
        "INSERT INTO chat_message_join VALUES (1,1),(1,2),(1,3),(1,5),(1,6); INSERT INTO chat_recoverable_message_join VALUES (1,7); INSERT INTO message_attachment_join VALUES (7,9);",
    )


DATABASES: tuple[tuple[str, str, Callable[[Path], None], tuple[int, int, int, int, int, int]], ...] = (
    ("ChatStorage.sqlite", "whatsapp_ios", whatsapp_ios, (2, 1, 1, 1, 0, 0)),
    ("msgstore.db", "whatsapp_android", whatsapp_android, (1, 1, 1, 0, 1, 0)),
    ("msgstore-old.db", "whatsapp_android_old", whatsapp_android_old, (3, 1, 1, 0, 1, 0)),
    ("db.sqlite", "signal_desktop", signal_desktop, (1, 1, 1, 1, 0, 0)),
    ("Line.sqlite", "line_ios", line_ios, (3, 0, 0, 1, 0, 0)),
    ("naver_line", "line_android", line_android, (3, 0, 0, 1, 0, 0)),
    ("sms.db", "imessage", imessage, (3, 1, 2, 0, 0, 0)),
)


def leapp(folder: Path, *, newer: bool) -> None:
    """LAVA output with one artifact that is a chat and one that is none; `newer`: the wording of later versions."""
    older = {
        "threadDiscriminatorColumn": "Thread",
        "textColumn": "Body",
        "directionColumn": "Direction",
        "directionSentValue": "Sent",
        "timeColumn": "Time Stamp",
        "senderColumn": "Sender",
    }
    later = {"conversationDiscriminatorColumn": "Thread", **{key: value for key, value in older.items() if not key.startswith("thread")}}
    view = {"conversation": later} if newer else {"chat": older}
    columns = {"thread": "Thread", "body": "Body", "direction": "Direction", "time_stamp": "Time Stamp", "sender": "Sender"}
    artifacts = {
        "Chats": [
            {"name": "LINE - Messages", "tablename": "line", "column_map": columns, "data_views": view},
            {"name": "Places", "tablename": "places"},
        ]
    }
    (folder / "_lava_data.json").write_text(json.dumps({"artifacts": artifacts}))
    _database(
        folder / "_lava_artifacts.db",
        "CREATE TABLE places (a); INSERT INTO places VALUES (1); CREATE TABLE line (thread, body, direction, time_stamp, sender);"
        "INSERT INTO line VALUES ('t1','集合','Received',1763500000,'ボス'),('t1','了解','Sent','2026-11-19 20:58:00','me'),('t2','やあ','Received','???','X');",
    )
