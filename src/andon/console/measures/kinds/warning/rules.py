"""What the text of a warning must and must not say (rules W2, W4, W9 and what follows from them). Codes only; sentences are in the wording."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

WARNING, APOLOGY = "warning", "apology"


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a text breaks: its number ("W2"), a code, and the words that break it (empty where something is missing)."""

    rule: str
    code: str
    words: str = ""


# Marks without width, which hide a word from a reader's eye or a tag from a check.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]")
# "#9110" is a telephone number: no service makes a tag of digits alone.
_TAG = re.compile(r"#(?!\d{4}(?!\w))(\w+)")
_SHARP_SIGNS = str.maketrans(dict.fromkeys("＃﹟♯⌗", "#"))
_MENTION = re.compile(r"@[\w.]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'、。）)」]+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|jp|ly|me|info|to|co|link|xyz|io|cc|gl)\b(?:/\S*)?", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\w)#9110(?!\w)")
_VERIFY = re.compile(r"確認|公式(?:サイト|ホームページ|ページ)|verif|official (?:site|page|website)|check (?:that )?this account", re.IGNORECASE)
_APOLOGY = re.compile(r"(?:お詫び|おわび|謝罪|申し訳)|(?:apolog|sorry)", re.IGNORECASE)
_TAKEN_BACK = re.compile(r"(?:撤回|取り消|取消|削除)|(?:withdr|taken? back|removed|retract)", re.IGNORECASE)
_PLACE = re.compile(r"\{\w*\}?")

# W2: the finding is a suspicion, said of the post. Sentences about the law ("fraud is punished by …") are no finding.
_HEDGE_JA = re.compile(r"おそれ|恐れ|虞|可能性|疑い|疑わ|かもしれ")
_HEDGE_EN = re.compile(r"\b(?:may|might|could|possibl[ey]|suspected|appears? to)\b", re.IGNORECASE)
_SUBJECT_JA = re.compile(
    r"(?:この|こちらの|当該)(?:投稿|募集|書き込み|ポスト|ツイート|ノート|アカウント|内容|案件|仕事)|これは|"
    r"あなた|あんた|お前|おまえ|貴方|投稿者|募集者|リクルーター"
)
_SUBJECT_EN = re.compile(
    r"\b(?:this|the|your) (?:post|offer|job|account|message|tweet|ad|advert|work|poster|recruiter)\b|\b(?:it|this) is\b|"
    r"\byou(?:'re| are| have| will)?\b",
    re.IGNORECASE,
)
_CRIME_JA = re.compile(r"犯罪|違法|闇バイト|ヤミバイト|やみバイト|裏バイト|詐欺|強盗|共犯|逮捕|検挙|犯人|受け子|出し子|叩き|タタキ|処罰|通報")
_CRIME_EN = re.compile(
    r"\b(?:crim\w+|illegal|unlawful|yami ?baito|fraud\w*|scam\w*|robber\w*|accomplice\w*|arrest\w*|offen[cd]er\w*|prosecut\w*|guilty)\b",
    re.IGNORECASE,
)
# What follows from taking part, and asking people not to, is no finding about anybody.
_CONDITION_JA = re.compile(r"すれば|したら|すると|した場合|した人|(?:応募|加担|連絡|参加)(?:を)?しないで|関わらないで|関わると|渡すと|渡した人")
_CONDITION_EN = re.compile(
    r"\b(?:if you|if anyone|people who|anyone who|those who|whoever)\b|"
    r"^(?:please )?(?:do not|don't|never) (?:apply|join|answer|contact|reply|take part)\b",
    re.IGNORECASE,
)
# A reply that says no more than "this is a crime" says it of the post, with or without a subject. "Robbery is a crime" is the law.
_BARE = re.compile(
    r"^(?:[^\x00-\x7f]{1,20}\s+)?(?:【[^】]*】|警告|注意|[!:：\s])*(?:犯罪|違法|闇バイト|裏バイト|ヤミバイト|詐欺|強盗)(?:行為|募集|投稿|案件|アカウント)*(?:です|だ|である|だよ|ですよ)?$|"
    r"^(?:[^\x00-\x7f]{1,20}\s+)?(?:warning|attention)?[:\s]*(?:crime|criminal|scam|fraud|illegal|yami ?baito)(?: post| job| offer)?$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^。！!？?\n.]|\.(?!\s|$))+")  # a point ends one before white space only
_CURSE = re.compile(
    r"カス|クズ|くず|ゴミ|死ね|バカ|馬鹿|許さん|覚悟しろ|必ず捕ま|絶対に捕ま|身元は(?:分か|わか|割れ)|特定し(?:た|て|ました)|"
    r"\b(?:scum|idiot|we know who you are|we will find you)\b",
    re.IGNORECASE,
)


def folded(text: str) -> str:
    """A text as the rules read it: one width, without what cannot be seen, every sharp sign the same."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text.translate(_SHARP_SIGNS))).translate(_SHARP_SIGNS)


def check(text: str, *, purpose: str = WARNING, verify_url: str = "", length: int = 0, most: int = 0) -> list[Broken]:
    """The rules that a finished text breaks, by an account that is named on the page `verify_url`; `length` and `most` as its service counts."""
    plain = folded(text)
    found = [*_always(text, plain, verify_url), *(_warning(plain) if purpose == WARNING else _apology(plain))]
    if most and length > most:
        found.append(Broken("form", "too_long", f"{length} / {most}"))
    return found


def _always(text: str, plain: str, verify_url: str) -> Iterator[Broken]:
    if not plain.strip():
        yield Broken("form", "empty")
    if _UNSEEN.search(text):
        yield Broken("W4", "unseen")
    for match in _TAG.finditer(plain):
        yield Broken("W4", "hashtag", match.group())
    for match in _MENTION.finditer(_ADDRESS.sub("", plain)):
        yield Broken("W4", "mention", match.group())
    for match in _PLACE.finditer(plain):
        yield Broken("form", "place", match.group())
    yield from _addresses(plain, verify_url)


def _addresses(plain: str, verify_url: str) -> Iterator[Broken]:
    """W9: the one address in it is the one where people can look whether the account is ours. A strange one makes the warning look like fraud."""
    ours = _host(verify_url)
    addresses = [match.group() for match in _ADDRESS.finditer(plain)]
    for address in addresses:
        if not ours or _host(address) != ours:
            yield Broken("W9", "address", address)
    for match in _BARE_ADDRESS.finditer(_ADDRESS.sub(" ", plain)):
        if not ours or match.group().lower().partition("/")[0] != ours:
            yield Broken("W9", "address", match.group())
    if not addresses and not _VERIFY.search(plain):
        yield Broken("W9", "no_way_to_verify")


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "://" in address else f"//{address}").hostname or "").lower()
    except ValueError:
        return ""


def _warning(plain: str) -> Iterator[Broken]:
    words = _ADDRESS.sub("", plain)
    if not (_HEDGE_JA.search(words) or _HEDGE_EN.search(words)):
        yield Broken("W2", "no_suspicion")
    for sentence in _sentences(words):
        if _accuses(sentence):
            yield Broken("W2", "accusation", sentence)
    for match in _CURSE.finditer(words):
        yield Broken("W2", "threat", match.group())
    if not _PHONE.search(plain):
        yield Broken("help", "no_9110")


def _sentences(words: str) -> Iterator[str]:
    yield from (one.strip() for one in _SENTENCE.findall(words) if one.strip())


def _accuses(sentence: str) -> bool:
    """Whether a sentence says of this post, or of who reads it, that it is a crime, without "may"."""
    if _BARE.search(sentence):
        return True
    japanese = _SUBJECT_JA.search(sentence) and _CRIME_JA.search(sentence)
    if japanese and not (_HEDGE_JA.search(sentence) or _CONDITION_JA.search(sentence)):
        return True
    english = _SUBJECT_EN.search(sentence) and _CRIME_EN.search(sentence)
    return bool(english and not (_HEDGE_EN.search(sentence) or _CONDITION_EN.search(sentence)))


def _apology(plain: str) -> Iterator[Broken]:
    """W6: it says that the warning is taken back, and that we are sorry."""
    if not _APOLOGY.search(plain):
        yield Broken("W6", "no_apology")
    if not _TAKEN_BACK.search(plain):
        yield Broken("W6", "not_taken_back")
