"""What KakaoTalk writes into its text exports besides what people wrote, in Korean, English and Japanese. Patterns are anchored."""

from __future__ import annotations

import re

from andon.evidence.chats.model import Event, Kind

TITLE = re.compile(r"(?:(?P<ko>.+?) ?(?:\d+ )?(?:님과 )?카카오톡 대화|KakaoTalk Chats? with (?P<en>.+)|(?P<win>.+?) with KakaoTalk Chats?|(?P<ja>.+?) ?(?:さん)?(?:との|と)(?:カカオトーク|KakaoTalk).*)$")
SAVED = re.compile(r"(?:저장한 날짜|Date Saved|Saved on|保存した日付|保存日時?)\s*[:：]\s*(?P<when>.+)$")
DELETED = re.compile(r"(?:삭제된 메시지입니다|채팅방 관리자가 메시지를 가렸습니다|This message (?:has been|was) deleted|(?:このメッセージは)?削除され(?:ました|たメッセージです))[.。]?$")
_KINDS = {
    Kind.MEDIA: re.compile(r"(?:사진(?: \d+장)?|동영상|음성메시지|Photos?(?: \d+)?|Videos?|Voice (?:Note|message)|写真(?: ?\d+枚)?|動画|ボイス(?:ノート|メッセージ)|(?:파일|File|ファイル): .{1,200})$"),
    Kind.STICKER: re.compile(r"(?:이모티콘|\(이모티콘\) ?|Emoticons?|Sticker|スタンプ|絵文字)$"),
    Kind.CONTACT: re.compile(r"(?:연락처|Contact|連絡先): .{1,200}$"),
    Kind.LOCATION: re.compile(r"(?:지도|위치|Location|Map|地図|位置情報)(?: (?:공유|shared?))?: .{1,300}$"),
    Kind.POLL: re.compile(r"(?:투표(?:가 등록되었습니다)?|Poll|投票): .{1,200}$"),
    Kind.CALL: re.compile(r"(?:(?:그룹콜|보이스톡|페이스톡) ?(?:해요|종료|취소|부재중|시작|거절)?|(?:Missed |Canceled )?(?:Voice|Video|Group) [Cc]all(?: ended| started)?|無料通話|ボイストーク|フェイストーク)(?: \d{1,2}:\d{2}(?::\d{2})?)?$"),
}  # fmt: skip
_FILE = re.compile(r"(?:파일|File|ファイル): (.{1,200})$")
_EVENTS: tuple[tuple[Event, re.Pattern[str]], ...] = (
    (Event.INVITED, re.compile(r"(?P<who>.{1,80}?)님이 .{1,200}님을 초대(?:했습니다|하였습니다)\.?$|(?P<en>.{1,80}?) invited .{1,200}?(?: to this chat ?room)?\.?$|(?P<ja>.{1,80}?)さんが.{1,200}さんを招待しました。?$")),
    (Event.REMOVED, re.compile(r"(?P<who>.{1,80}?)님을 내보냈습니다\.?$|(?P<en>.{1,80}?) (?:was removed|has been removed)(?: from this chat ?room)?\.?$|(?P<ja>.{1,80}?)さんを(?:強制退室させました|退室させました)。?$")),
    (Event.JOINED, re.compile(r"(?P<who>.{1,80}?)님이 들어왔습니다\.?$|(?P<en>.{1,80}?) (?:joined|has joined)(?: this| the)? chat ?room\.?$|(?P<ja>.{1,80}?)さんが(?:入室|参加)しました。?$")),
    (Event.LEFT, re.compile(r"(?P<who>.{1,80}?)님이 나갔습니다\.?$|(?P<en>.{1,80}?) (?:left|has left)(?: this| the)? chat ?room\.?$|(?P<ja>.{1,80}?)さんが退[室出]しました。?$")),
    (Event.UNSENT, DELETED),
)  # fmt: skip
_MOST = 400
# One of these stands in every line that the patterns above know: most lines have none, and are spared the patterns.
_SAYS = re.compile(r"습니다|삭제|invited|removed|joined|left|deleted|ました|削除")


def kind_of_body(text: str) -> tuple[Kind, str]:
    """What a person's message is, and the name of a file that is named. Placeholders are bare words, which a person may also type."""
    if len(text) > _MOST:
        return Kind.TEXT, ""
    if DELETED.match(text):
        return Kind.DELETED, ""
    kind = next((kind for kind, pattern in _KINDS.items() if pattern.match(text)), Kind.TEXT)
    found = _FILE.match(text) if kind is Kind.MEDIA else None
    return kind, found[1] if found else ""


def system_event(text: str) -> tuple[Event, str] | None:
    """What a line of the app tells of, and who it names; None when it is no known one."""
    for event, pattern in _EVENTS if len(text) <= _MOST and _SAYS.search(text) else ():
        if found := pattern.match(text):
            named = found.groupdict()
            return event, next((value.strip() for key in ("who", "en", "ja") if (value := named.get(key))), "")
    return None
