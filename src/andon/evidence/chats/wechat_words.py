"""What WeChat and the tools that hand its texts over write besides what people wrote, in Chinese and English. Patterns are anchored."""

from __future__ import annotations

import re

from andon.evidence.chats.model import Event, Kind

_QUOTED = r"[\"“]?(?P<who>[^\"”\n]{1,60}?)[\"”]?"
_EVENTS: tuple[tuple[Event, re.Pattern[str]], ...] = (
    (Event.UNSENT, re.compile(rf"(?:{_QUOTED} ?撤回了一条消息|你撤回了一条消息|{_QUOTED.replace('who', 'en')} recalled a message|You recalled a message)[。.]?(?:\s*重新编辑)?$")),
    (Event.INVITED, re.compile(rf"{_QUOTED} ?邀请.{{1,200}}加入了?群聊.{{0,40}}$|(?P<en>.{{1,60}}?) invited .{{1,200}} to the group chat\.?$")),
    (Event.JOINED, re.compile(rf"{_QUOTED} ?(?:通过.{{1,60}})?加入了?群聊.{{0,40}}$")),
    (Event.REMOVED, re.compile(rf"{_QUOTED} ?将.{{1,80}}移出了?群聊$|(?P<en>.{{1,60}}?) removed .{{1,80}} from the group chat\.?$")),
    (Event.LEFT, re.compile(rf"{_QUOTED} ?退出了?群聊$")),
    (Event.TITLE, re.compile(rf"{_QUOTED} ?修改群名为[\"“](?P<title>.{{1,80}})[\"”]$")),
)  # fmt: skip
_BODIES = {
    "图片": Kind.MEDIA, "照片": Kind.MEDIA, "视频": Kind.MEDIA, "语音": Kind.MEDIA, "文件": Kind.MEDIA, "Photo": Kind.MEDIA, "Video": Kind.MEDIA, "Voice": Kind.MEDIA,
    "File": Kind.MEDIA, "表情": Kind.STICKER, "动画表情": Kind.STICKER, "Sticker": Kind.STICKER, "位置": Kind.LOCATION, "Location": Kind.LOCATION, "名片": Kind.CONTACT,
    "Contact Card": Kind.CONTACT, "语音通话": Kind.CALL, "视频通话": Kind.CALL, "通话": Kind.CALL, "Voice Call": Kind.CALL, "Video Call": Kind.CALL,
}  # fmt: skip
_BODY = re.compile(r"\[(?P<what>[^\[\]\n]{1,12})\](?:[:： ] ?(?P<file>[^\n]{0,200}))?$")
_MOST = 300


def kind_of_body(text: str) -> tuple[Kind, str]:
    """What a person's message is, and the name of a file that is named."""
    found = _BODY.match(text) if text[:1] == "[" else None
    kind = _BODIES.get(found["what"], Kind.TEXT) if found else Kind.TEXT
    return kind, (found["file"] or "").strip() if found and kind is Kind.MEDIA else ""


def system_event(text: str) -> tuple[Event, str] | None:
    """What a line of the app tells of, and who did it; None when it is no known one."""
    for event, pattern in _EVENTS if len(text) <= _MOST else ():
        if found := pattern.match(text):
            named = found.groupdict()
            return event, next((value.strip() for key in ("who", "en") if (value := named.get(key))), "")
    return None
