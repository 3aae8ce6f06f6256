"""Ways by which something leaves the desk, under one small interface. Apps put theirs into CHANNELS when they are ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from andon.console.measures.common.models import ChannelSwitch
from andon.domain.errors import AndonError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

COPY = "copy"
MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Sent:
    """It reached the other side, which calls it `remote_id`."""

    remote_id: str


class NotSent(AndonError):  # noqa: N818 - what happened
    """The other side has surely not taken it. `permanent`: trying again would change nothing. `code` of the data says why ("mail_refused")."""

    code = "not_sent"

    def __init__(self, problem: str, *, permanent: bool) -> None:
        super().__init__(name=problem)
        self.problem = problem
        self.permanent = permanent


Answer: TypeAlias = "Sent | Literal[False] | None"  # sent, surely not sent, nobody can say


def nobody_knows(_key: str, _payload: Mapping[str, Any]) -> Answer:
    """For ways that cannot be asked back."""
    return None


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out.

    `send(payload, key)` gives what was sent, raises NotSent when surely nothing was, and any other AndonError when nobody can tell (then
    `was_sent(key, payload)` is asked). `is_live(payload)`: whether it sends for real; a switch for the channel as a whole unless an app has its own.
    """

    code: str
    send: Callable[[Mapping[str, Any], str], Sent]
    was_sent: Callable[[str, Mapping[str, Any]], Answer] = nobody_knows
    is_live: Callable[[Mapping[str, Any]], bool] | None = None

    def lives(self, payload: Mapping[str, Any]) -> bool:
        """Whether it sends for real."""
        return self.is_live(payload) if self.is_live is not None else is_on(self.code)


def _nobody_sends(_payload: Mapping[str, Any], key: str) -> Sent:
    raise AssertionError(key)  # the worker never takes these


BY_HAND = Channel(COPY, _nobody_sends)  # a person copies what was made, sends it in their own way, and says so
CHANNELS: dict[str, Channel] = {}


def is_on(channel: str) -> bool:
    """Whether a person switched this channel on."""
    return ChannelSwitch.objects.filter(channel=channel, is_live=True).exists()
