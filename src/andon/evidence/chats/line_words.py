"""What LINE writes into its text exports besides what people wrote: placeholders and system lines, in Japanese, English and Chinese.

Patterns are anchored: a message that only contains such words stays a message.
"""

from __future__ import annotations

import re

from andon.evidence.chats.model import Event, Kind

_PLACEHOLDERS = {
    Kind.MEDIA: "写真 動画 ボイスメッセージ ファイル アルバム 画像 音声 Photo Photos Video Videos Voice_message Audio File Files Album Albums 照片 圖片 图片 影片 视频 語音訊息 语音消息 檔案 文件 相簿 相册",
    Kind.STICKER: "スタンプ Sticker Stickers 貼圖 表情贴图 貼圖訊息 絵文字 Emoji",
    Kind.CONTACT: "連絡先 Contact Contacts 聯絡資訊 联系人",
    Kind.LOCATION: "位置情報 Location 位置訊息 位置信息",
    Kind.POLL: "投票 Poll Polls",
    Kind.TEXT: "ノート ギフト Notes Note Gift 記事本 禮物",
}  # fmt: skip
PLACEHOLDERS = {word.replace("_", " "): kind for kind, words in _PLACEHOLDERS.items() for word in words.split()}
_TEXT = Kind.TEXT  # looked up once: an enumeration's own look-up is slow
_BRACKETED = re.compile(r"\[([^\[\]]{1,20})\]$")
_CALL = re.compile(r"☎️? ?")
_CALL_TIME = re.compile(r"(?:通話時間|Call time|通話時長|通话时长)\s*(?:(\d+):)?(\d{1,2}):(\d{2})")
_MOST_SYSTEM = 400  # characters; longer lines are nobody's but people's, and patterns stay quick
_NULL_PLACE = re.compile(r"\[null\].*maps\.google\.|.*https?://maps\.google\.com/\?q=", re.DOTALL)

UNSENT = re.compile(
    r"(?P<who>.*?)(?:さん)?(?:が|は)?メッセージの送信を取り消しました。?$|(?P<en>.*?) ?(?:unsent a message|Message unsent|took back a message)\.?$"
    r"|(?P<zh>.*?)(?:已)?(?:收回了?(?:一則|一条)?訊息|收回訊息|撤回了?一?[条條]?消息|收回消息)[。.]?$"
)
_EVENTS: tuple[tuple[Event, re.Pattern[str]], ...] = (
    (Event.JOINED, re.compile(r"(?P<who>.*?)(?:さん)?が(?:グループ|トーク|オープンチャット)?に?参加しました。?$|参加しました。?$|(?P<en>.+?) joined(?: the (?:group|chat))?\.?$|(?P<zh>.+?)(?:已)?加入(?:群組|群组|聊天)?[。.]?$|.*「LINE WORKS」からトークに参加しました。?.*$")),
    (Event.LEFT, re.compile(r"(?P<who>.*?)(?:さん)?が(?:グループ|トーク|オープンチャット)?(?:を|から)(?:退会|退出|退室)しました。?$|(?P<en>.+?) left(?: the (?:group|chat))?\.?$|(?P<zh>.+?)(?:已)?退出(?:群組|群组|聊天)?[。.]?$")),
    (Event.INVITED, re.compile(r"(?P<who>.+?)(?:さん)?が(?P<whom>.+?)(?:さん)?をグループに招待しました。?.*$|招待をキャンセルしました。?$|(?P<en>.+?)(?: has)? invited .+? to the group\.?.*$|(?P<zh>.+?)(?:已)?邀請.+$|.*をグループに招待しました。.*$|.*招待をキャンセルしました。?$")),
    (Event.REMOVED, re.compile(r"(?P<who>.+?)(?:さん)?が(?P<whom>.+?)(?:さん)?を(?:グループから削除|強制退会)し?(?:ました|させました)。?$|(?P<en>.+?) (?:removed|kicked) .+? from the group\.?$|.+をグループから削除しました。?$")),
    (Event.TITLE, re.compile(r"(?P<who>.*?)(?:さん)?が?グループ名を[「『]?(?P<title>.*?)[」』]?に変更しました。?$|(?P<en>.+?) changed the group(?:'s)? name to .+$")),
    (Event.CALL, re.compile(r"グループ(?:音声|ビデオ)?通話が(?:開始されました|終了しました|始まりました)。?$|(?:A )?[Gg]roup (?:voice |video )?call (?:started|ended|has (?:started|ended))\.?$")),
    (Event.OTHER, re.compile(r"(?P<who>.*?)(?:さん)?が?(?:<u>)?(?:アナウンスしました|アナウンスを(?:登録|解除)しました)(?:</u>)?。?$|(?P<x>.*?)新しいノートを作成しました。?$|(?P<w>.*?)が?(?:アルバム|イベント|投票|ノート).{0,40}(?:作成|追加|削除|変更|登録|開始|終了)しました。?$|.*が?グループのアイコンを変更しました。?$|メッセージの送信を取り消せませんでした。?$")),
)  # fmt: skip
# One of these stands in every line that the patterns above know: most texts have none, and are spared the patterns.
_SAYS = re.compile(r"ました|でした|unsent|took back|joined|left|invited|removed|kicked|changed the group|roup |收回|撤回|加入|退出|邀請")


def kind_of_body(text: str, *, bracketed: bool) -> Kind:
    """What a person's message is. `bracketed`: placeholders stand in square brackets (phones); else bare words (PC), which a person may also type."""
    if text[:1] == "☎" and _CALL.match(text):
        return Kind.CALL
    if "maps.google." in text and _NULL_PLACE.match(text):
        return Kind.LOCATION
    if bracketed and text[:1] != "[":
        return _TEXT
    found = _BRACKETED.match(text) if bracketed else None
    return PLACEHOLDERS.get(found[1] if found else "" if bracketed else text, _TEXT)


def call_seconds(text: str) -> int | None:
    """How long a call lasted, when its line says so."""
    found = _CALL_TIME.search(text)
    return None if found is None else int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])


def system_event(text: str) -> tuple[Event, str] | None:
    """What a system line tells of, and who did it ("" when it does not say), or None when it is no known system line."""
    if len(text) > _MOST_SYSTEM or not _SAYS.search(text):
        return None
    for event, pattern in ((Event.UNSENT, UNSENT), *_EVENTS):
        if found := pattern.match(text):
            named = found.groupdict()
            return event, (named.get("who") or named.get("en") or named.get("zh") or named.get("x") or named.get("w") or "").strip()
    return None
