"""Verifying on a screen: in steps of a fraction of a second, the state carried by the page and signed, so that nothing runs in the background."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing as django_signing

from andon.console.trail import checkpoints
from andon.console.trail.verify import anchored, begin, finish
from andon.console.trail.walk import Finding, Walk, advance
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from andon.console.trail.checkpoints import Checkpoint

_SALT = "andon.trail.steps"
_SECONDS = 0.5
_PIECE = 2000


@dataclass(frozen=True, slots=True)
class Step:
    """How far it has come; `state` asks for the next step."""

    walk: Walk
    is_done: bool
    state: str


def go_on(state: str) -> Step:
    """The next step of that state (none: the first one). Raises Conflict for a state that this desk did not sign, or one of yesterday."""
    anchors = anchored()
    walk = _read(state) if state else begin(anchors)
    ends = time.monotonic() + _SECONDS
    while not walk.is_done and time.monotonic() < ends:
        advance(walk, anchors.hashes, _PIECE)
    if walk.is_done:
        finish(walk, anchors)
    return Step(walk, walk.is_done, "" if walk.is_done else django_signing.dumps(asdict(walk), salt=_SALT, compress=True))


def last_checkpoint() -> Checkpoint | None:
    """The newest line of the file."""
    return max((one for _, one in checkpoints.read() if one is not None), key=lambda one: one.number, default=None)


def _read(state: str) -> Walk:
    try:
        plain: dict[str, Any] = django_signing.loads(state, salt=_SALT, max_age=86400)
    except django_signing.BadSignature as error:
        raise Conflict(name="verification") from error
    return Walk(**plain | {"findings": [Finding(**one) for one in plain["findings"]]})
