"""A flagged post made ready for the store: everything that takes time and needs no look at the store is done here, before the transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.console.intake.models import LEVEL_RANK
from andon.console.intake.search.index import search_tokens
from andon.detection.campaigns.ties import contact_key
from andon.language.bigrams import search_form

if TYPE_CHECKING:
    from datetime import datetime

    from andon.detection.scoring.engine import Engine
    from andon.domain import posts as domain
    from andon.pipeline import Flagged

_KEY, _ID, _NAME, _URL = 200, 200, 200, 1000  # widths of the columns
_NO_ZERO = str.maketrans({"\0": "␀"})  # PostgreSQL stores no zero character; both stores keep the same sign for it


@dataclass(slots=True)
class NewPost:
    """The columns of a post before it is stored; what the store gives it (id, upload, model, campaign, wording, times) is filled in there."""

    source: str
    source_id: str
    text: str
    sha256: str
    level: int
    score: float
    kinds: list[str]
    signals: list[str]
    observed_at: datetime | None
    created_at: datetime | None = None
    url: str = ""
    author: str = ""
    author_id: str = ""
    author_name: str = ""
    missing: list[str] = field(default_factory=list)
    pay_yen: int | None = None
    pay_per: str = ""
    id: int = 0
    wording: int | None = None
    model_id: int = 0
    upload_id: int = 0
    campaign_id: int = 0
    stored_at: datetime | None = None
    joined_at: datetime | None = None

    @property
    def pk(self) -> int:
        """The id, by the name that models have for it."""
        return self.id


@dataclass(frozen=True, slots=True)
class Ready:
    """A post ready for the store, its contacts as (key, type, value), and what search knows of it."""

    post: NewPost
    contacts: tuple[tuple[str, str, str], ...]
    form: str
    tokens: str


def make_ready(flagged: Flagged, engine: Engine, observed_at: datetime) -> Ready:
    """The columns of a flagged post. A post whose source gives no time of observing was observed now."""
    post, said = flagged.post, flagged.assessment
    text = post.text.translate(_NO_ZERO)
    form = search_form(text)
    row = NewPost(
        source=post.source, source_id=_source_id(post), url=_cut(post.url, _URL), author=_cut(post.author or post.author_id, _NAME),
        author_id=_cut(post.author_id, _NAME), author_name=_cut(post.author_name, _NAME), created_at=post.created_at,
        observed_at=post.observed_at or observed_at, text=text, sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        level=LEVEL_RANK[str(said.level)], score=round(said.score, 6), kinds=[str(kind) for kind in said.kinds],
        signals=list(dict.fromkeys(reason.signal for reason in said.reasons if reason.signal in engine.number)), missing=list(said.missing_items),
        pay_yen=min(said.pay.amount_yen, 2**62) if said.pay else None, pay_per=said.pay.per if said.pay else "",
    )  # fmt: skip
    keyed = {key: (_cut(key, _KEY), one.type, _cut(one.value, _NAME)) for one in said.contacts if (key := contact_key(one.type, one.value))}
    return Ready(row, tuple(keyed.values()), form, search_tokens(form))


def _source_id(post: domain.Post) -> str:
    """The id that the source gives. One made of the place in the file also names the text: another list of that name holds other posts."""
    name = f"{post.file}:{post.row}"
    if post.file and (post.id == name or post.id.startswith(name + ".")):
        return _cut(f"{post.id}#{hashlib.sha256(post.text.encode('utf-8', 'replace')).hexdigest()[:12]}", _ID)
    return _cut(post.id, _ID)


def _cut(value: str, width: int) -> str:
    """A value that fits its column; of one too long the beginning and a hash of the whole, so that two stay two."""
    value = value.encode("utf-8", "replace").decode().translate(_NO_ZERO)
    if len(value) <= width:
        return value
    return f"{value[: width - 33]}#{hashlib.sha256(value.encode()).hexdigest()[:32]}"
