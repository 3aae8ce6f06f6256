"""What all files of the samples share: one invented post, and names, ids and times that cannot be anybody's."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

SEED = 20261122
JAPAN = timezone(timedelta(hours=9))
FIRST, LAST = datetime(2026, 10, 1, 9, tzinfo=JAPAN), datetime(2026, 11, 20, tzinfo=JAPAN)
EMOJI = "😊 😂 🙏 ✨ 💦 🥺 🎉 🍜 ☕ 🐱 🌸 ⚾ 🎮 💤 🚃 😭 🔥 👍 🍺 🌧".split()
NAME_PARTS = "sora haru yuki mame kuma hoshi tsuki nami kaze mori tane koro piyo momo nori taka rin shio fuyu aki".split()
_SHOWN_NAMES = "そら はる まめ くまの ほしの つき なみ かぜ もり たね ころ ぴよ もも のり たか りん しお ふゆ あき 名無し".split()
_SNOWFLAKE_EPOCH_MS = 1_288_834_974_657


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented post before it has an id: its text and, for the answer key, what it is.

    Posts of a campaign, and adverts that a firm repeats, also say when they are posted, and by which account.
    """

    text: str
    label: str
    kind: str
    lang: str = "ja"
    trick: str = ""
    campaign: str = ""
    wording: str = ""
    at: datetime | None = None
    account: int | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A sample with its running number, the account that posts it and the time."""

    sample: Sample
    number: int
    account: int
    at: datetime


class Written(NamedTuple):
    """What a writer made: the file's name as andon tells it (a member of an archive: `archive.zip/member`), its bytes, and the id of each post in it."""

    name: str
    data: bytes
    ids: list[str]


def handle(account: int) -> str:
    """An account name of 17 characters and more: X allows 15, so that nobody has it."""
    first, second = NAME_PARTS[account % 20], NAME_PARTS[account // 20 % 20]
    return f"{first}_{second}_invented{account:04}"


def longest_handle(account: int) -> str:
    """An account name of 35 characters and more, for networks that allow up to 30."""
    return f"kakuu_no_namae_{handle(account)}"


def did(account: int) -> str:
    """An identity that holds 0, 1, 8 and 9, which real ones cannot (base32)."""
    rng = random.Random(f"did/{account}")
    return "did:plc:0189" + "".join(rng.choices("abcdefghijklmnopqrstuvwxyz234567", k=20))


def shown(account: int) -> str:
    """The name that an account shows."""
    return _SHOWN_NAMES[account % 20] + (EMOJI[account % len(EMOJI)] if account % 3 == 0 else "")


def snowflake(post: Dated) -> str:
    """An id as X makes them of the time."""
    return str((int(post.at.timestamp() * 1000) - _SNOWFLAKE_EPOCH_MS << 22) + post.number % 4096)


def iso(at: datetime) -> str:
    """A time as APIs write it: UTC, with milliseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
