"""What WhatsApp writes into its text exports besides what people wrote, in English, Japanese and Chinese. Patterns are anchored."""

from __future__ import annotations

import re

from andon.evidence.chats.model import Event, Kind

DELETED = re.compile(
    r"(?:This message was deleted|You deleted this message|このメッセージは削除されました|このメッセージを削除しました|メッセージは削除されました"
    r"|此訊息已刪除|您已刪除此訊息|你已刪除這則訊息|这条消息已删除|您删除了这条消息|This message was deleted by admin .+|.{0,60}deleted by admin.{0,60})[.。]?$"
)
_ATTACHED = re.compile(r"<(?:attached|添付ファイル|附件|已附加|첨부|adjunto|pièce jointe|Anhang)[:：]? ?(?P<name>[^<>]{1,200})>")
_ATTACHED_ANDROID = re.compile(r"(?P<name>[^\n]{1,200}\.\w{2,5}) \((?:file attached|ファイル添付|添付ファイルあり|檔案附件|文件附件)\)")
_ANDROID_SAYS = re.compile(r" \((?:file attached|ファイル添付|添付ファイルあり|檔案附件|文件附件)\)")
_OMITTED = re.compile(
    r"(?:<(?:Media omitted|メディアは含まれていません|メディアなし|省略されたメディア|省略多媒體檔案|省略多媒体文件)>|(?:image|video|audio|GIF|document|sticker|Contact card|video note)(?: \d+:\d+)? omitted"
    r"|(?:画像|ビデオ|動画|音声|スタンプ|GIF|文書|ドキュメント|連絡先)(?:は含まれていません|は省略されました|が省略されました|省略|を省略)|.{1,80} (?:document|video|image) omitted)$"
)
_STICKER = re.compile(r"(?:sticker|スタンプ)|STICKER|\.webp", re.IGNORECASE)
_CONTACT = re.compile(r"Contact card|連絡先|\.vcf$")
_LOCATION = re.compile(
    r"(?:location|位置情報|Live location shared|位置)[:：]? ?https?://(?:maps\.google\.com|foursquare\.com)|https://maps\.google\.com/\?q=-?\d|(?:Live location shared|live location shared)$"
)
_POLL = re.compile(r"(?:POLL|投票|アンケート)[:：]?\n")
_CALL = re.compile(
    r"(?:Missed (?:group )?(?:voice|video) call|(?:Voice|Video) call|Silenced (?:voice|video) call|不在着信|(?:音声|ビデオ)通話|(?:音声|ビデオ)(?:通話)?不在着信)(?:[,.、。 ].{0,60})?$"
)
EDITED = re.compile(r" ?[\u200e]?<(?:This message was edited|このメッセージは編集されました|編集済み|此訊息已編輯|此消息已编辑)>$")
_HOURS, _DAYS = re.compile(r"(\d+) ?(?:hours?|時間|小時|小时)"), re.compile(r"(\d+) ?(?:days?|日間?|天)")
SYSTEM: tuple[tuple[Event, re.Pattern[str]], ...] = (
    (Event.TIMER, re.compile(r"(?P<who>.*?) ?(?:turned (?P<state>on|off) disappearing messages|updated the message timer|changed the (?:disappearing )?message timer|uses? a default timer for disappearing messages)\b.*$|(?P<ja>.*?)(?:さん)?が消えるメッセージを(?P<zustand>オン|オフ)に(?:しました|設定しました).*$|.*消えるメッセージ.*(?:変更|更新|設定)しました.*$|.*(?:限時訊息|限时消息).*$")),
    (Event.ENCRYPTION, re.compile(r"(?:Messages (?:and calls|to this (?:chat|group)(?: and calls)?|you send to this (?:chat|group)(?: and calls)?|to this group|in this group) (?:and calls )?(?:are|is) (?:now )?(?:secured with )?end-to-end encrypt.*|Messages and calls are end-to-end encrypted.*|.*security code (?:with .+ )?(?:has )?changed.*|メッセージと通話はエンドツーエンド.*|.*エンドツーエンドで?暗号化.*|.*セキュリティコードが変更.*|訊息和通話.*加密.*|消息和通话.*加密.*)$", re.DOTALL)),
    (Event.CREATED, re.compile(r"(?P<who>.*?) ?created (?:this )?group(?: [\"“](?P<title>.*)[\"”])?\.?$|(?P<ja>.*?)(?:さん)?がグループ.{0,80}を作成しました.?$")),
    (Event.TITLE, re.compile(r"(?P<who>.+?) changed (?:the (?:subject|group name)|this group's (?:icon|settings?|description)|the group(?:'s)? (?:description|icon|settings?)).*$|(?P<ja>.+?)(?:さん)?が(?:グループ名|件名|グループの(?:アイコン|説明)).{0,120}変更しました.?$", re.DOTALL)),
    (Event.JOINED, re.compile(r"(?P<who>.+?) joined (?:using (?:this group's|your|a group) invite link|from the community|this group).*$|(?P<ja>.+?)(?:さん)?が.{0,30}参加しました.?$|You joined .*$")),
    (Event.INVITED, re.compile(r"(?P<who>.+?) added (?P<whom>.+?)\.?$|(?P<you>.+?) (?:was|were) added\.?$|(?P<ja>.+?)(?:さん)?が.{1,80}を追加しました.?$|(?P<zh>.+?)(?:已)?新增了?.{1,60}$")),
    (Event.REMOVED, re.compile(r"(?P<who>.+?) removed (?P<whom>.+?)\.?$|(?P<you>.+?) (?:was|were) removed\.?$|(?P<ja>.+?)(?:さん)?が.{1,80}を(?:削除|退出させ)ました.?$")),
    (Event.LEFT, re.compile(r"(?P<who>.+?) left\.?$|(?P<ja>.+?)(?:さん)?が(?:グループを|グループから)?退出しました.?$|(?P<zh>.+?)(?:已)?(?:離開|退出).{0,10}$")),
    (Event.PINNED, re.compile(r"(?P<who>.+?) pinned a message\.?$|(?P<ja>.+?)がメッセージを(?:ピン留め|固定)しました.?$")),
)  # fmt: skip
_FIRST_NOTICE = re.compile(r"Messages |メッセージ|訊息|消息")
_SPEAKS_OF_TEXT = re.compile(r"^.{1,80}? (?:changed the (?:subject|group name|group description)|created group) .{0,60}[\"“「]", re.DOTALL)


def kind_of_body(text: str) -> tuple[Kind, str, str]:
    """What a person's message is: kind, name of the file that is named, and the words by which a file was left out."""
    if DELETED.match(text):
        return Kind.DELETED, "", ""
    if ("<" in text or "(" in text) and (found := _attached(text[:600])):
        name = found["name"].strip()
        return (Kind.STICKER if _STICKER.search(name) else Kind.CONTACT if _CONTACT.search(name) else Kind.MEDIA), name, ""
    if len(text) < 200 and _OMITTED.match(text):  # noqa: PLR2004 - placeholders are short
        return (Kind.STICKER if _STICKER.match(text) else Kind.CONTACT if _CONTACT.match(text) else Kind.MEDIA), "", text
    for kind, pattern in ((Kind.LOCATION, _LOCATION), (Kind.POLL, _POLL), (Kind.CALL, _CALL)):
        if pattern.match(text):
            return kind, "", ""
    return Kind.TEXT, "", ""


def _attached(text: str) -> re.Match[str] | None:
    """Where a text names a file, the first place of either phone's form."""
    found = [_ATTACHED.search(text), _ATTACHED_ANDROID.search(text) if _ANDROID_SAYS.search(text) else None]
    return min((one for one in found if one), key=lambda one: one.start(), default=None)


def system_event(text: str) -> tuple[Event, str]:
    """What a system line tells of (OTHER when it is not known), and who did it, "" when it does not say."""
    if len(text) <= 600:  # noqa: PLR2004 - system lines are short
        for event, pattern in SYSTEM:
            if found := pattern.match(text):
                named = found.groupdict()
                return event, next((value.strip() for key in ("who", "ja", "you", "zh") if (value := named.get(key))), "")
    return Event.OTHER, ""


def is_first_notice(text: str) -> bool:
    """Whether a text is the notice of encryption with which conversations begin; some phones put the group's name before it as if it wrote."""
    return bool(_FIRST_NOTICE.match(text)) and system_event(text)[0] is Event.ENCRYPTION


def speaks_of_text(rest: str) -> bool:
    """Whether a line without author quotes a title that may itself hold a colon."""
    return bool(_SPEAKS_OF_TEXT.match(rest))


def timer_seconds(text: str) -> int | None:
    """Length of the timer that a system line states; 0 when it says off; None when it does not say."""
    if "turned off" in text or "オフに" in text:
        return 0
    if found := _HOURS.search(text):
        return int(found[1]) * 3600
    return int(found[1]) * 86400 if (found := _DAYS.search(text)) else None
