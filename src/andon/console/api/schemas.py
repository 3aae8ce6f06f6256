"""What programs send and get, with types. Fields that are not listed are refused."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from andon.domain.kinds import Kind

MOST_POSTS = 1000
_BIG = 2**31 - 1
_HUGE = 2**63 - 1
LevelName = Literal["high", "medium", "low"]
StateName = Literal["open", "escalated", "recruitment", "not"]
Text = Annotated[str, Field(max_length=200)]


class Strict(Schema):
    """Refuses fields that it does not know."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """Why something was not done: a code for programs, a sentence for people, and the fields concerned."""

    code: str
    sentence: str
    fields: list[str]


class PostIn(Strict):
    """A public post as it was seen. `id`: the one that the network gave it, the same each time; what is not known is left out."""

    id: Annotated[str, Field(min_length=1, max_length=150)]
    text: Annotated[str, Field(max_length=100_000)]
    url: Annotated[str, Field(max_length=1000)] = ""
    author: Text = ""
    author_id: Text = ""
    author_name: Text = ""
    created_at: datetime | None = None


class BatchIn(Strict):
    """Up to 1,000 posts. `collection` names where they come from (a network, a collector): ids are its own."""

    collection: Annotated[str, Field(pattern=r"^[a-z0-9_.-]{1,40}$")] = "api"
    posts: Annotated[list[PostIn], Field(min_length=1, max_length=MOST_POSTS)]


class Rejected(Schema):
    """A row that could not be read as a post; rows count from 1."""

    row: int
    code: str
    sentence: str


class BatchOut(Schema):
    """What came of a batch. `stored`: flagged and new; `known`: flagged and stored before; the rest is not kept."""

    upload: int
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    posts: int
    flagged: int
    stored: int
    known: int
    skipped: int
    rejected: int
    rejects: list[Rejected]


class QueueIn(Strict):
    """The filters of the queue, and where to go on (`after`: the last answer's `next`)."""

    state: StateName | Literal["any"] = "open"
    level: LevelName | None = None
    kind: Kind | None = None
    source: Annotated[str, Field(max_length=40)] = ""
    contact: Text = ""
    upload: Annotated[int, Field(ge=0, le=_BIG)] = 0
    since: date | None = None
    until: date | None = None
    posts: Annotated[int, Field(ge=0, le=_BIG)] = 0
    later: bool = False
    q: Text = ""
    after: Annotated[str, Field(max_length=60, pattern=r"^(-?\d{1,20}(\.\d{1,20})?(e-?\d{1,3})?~\d{1,18})?$")] = ""


class CampaignRow(Schema):
    """A campaign in the queue."""

    id: int
    state: StateName
    level: LevelName | None
    priority: float
    kind: str
    source: str
    posts: int
    later: int
    accounts: int
    title: str
    last_seen: datetime | None
    made_at: datetime
    held: bool


class QueueOut(Schema):
    """Campaigns in the order of reading. `next` is empty at the end."""

    campaigns: list[CampaignRow]
    next: str


class MembersIn(Strict):
    """Where to go on among a campaign's posts (the last answer's `next`)."""

    after: Annotated[int, Field(ge=0, le=_HUGE)] = 0


class PostOut(Schema):
    """A stored post. `later`: it joined after the standing decision."""

    id: int
    source: str
    source_id: str
    url: str
    author: str
    created_at: datetime | None
    text: str
    sha256: str
    level: LevelName | None
    score: float
    joined_at: datetime
    later: bool


class ContactOut(Schema):
    """A contact in a campaign, and in how many of its posts."""

    key: str
    type: str
    value: str
    posts: int
    is_common: bool


class DecisionOut(Schema):
    """A record of what a person said. Withdrawn by another that names it (`withdraws`)."""

    id: int
    campaign: int
    verdict: Literal["recruitment", "not", "escalated", "withdrawn"]
    kind: str
    reason: str
    note: str
    withdraws: int | None
    by: str
    unit: str
    at: datetime
    model: str
    score: float
    level: LevelName | None
    posts: int
    members_sha256: str
    seconds: float | None


class CampaignOut(Schema):
    """A campaign with a page of its posts. `merged_into`: it was joined with that one, where its posts are now."""

    id: int
    state: StateName | Literal["merged"]
    merged_into: int | None
    level: LevelName | None
    score: float
    priority: float
    posts: int
    later: int
    accounts: int
    kind: str
    kinds: dict[str, int]
    sources: dict[str, int]
    days: dict[str, int]
    template: list[dict[str, Any]]
    first_seen: datetime | None
    last_seen: datetime | None
    settled_at: datetime | None
    contacts: list[ContactOut]
    decision: DecisionOut | None
    members: list[PostOut]
    next: int


class DecisionsIn(Strict):
    """Decisions after this number (0: from the first), oldest first."""

    since: Annotated[int, Field(ge=0, le=_HUGE)] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class DecisionsOut(Schema):
    """Decisions, and the number to go on from. Where nothing new came, `next` is what was asked."""

    decisions: list[DecisionOut]
    next: int
