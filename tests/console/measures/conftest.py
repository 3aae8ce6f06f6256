"""An outbox with a channel to a made-up other side, which remembers what reached it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from andon.console import gate
from andon.console.measures.common import channels, limits
from andon.console.measures.common.outbox import hooks, put, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from andon.console.measures.common.models import Outgoing
    from andon.console.staff.models import Person

NOW = timezone.now()
LATER = NOW + timedelta(minutes=2)


class OtherSide:
    """Takes what is sent, can be asked, and breaks as it is told to."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.live = True
        self.raises: list[BaseException] = []  # the next sendings raise these, the receipt having happened or not
        self.takes_before_raising = False
        self.knows = True

    def send(self, _payload: Mapping[str, Any], key: str) -> channels.Sent:
        """One delivery."""
        problem = self.raises.pop(0) if self.raises else None
        if problem is None or self.takes_before_raising:
            self.received.append(key)
        if problem is not None:
            raise problem
        return channels.Sent(f"remote-{key}")

    def was_sent(self, key: str, _payload: Mapping[str, Any]) -> channels.Answer:
        """What it remembers."""
        if not self.knows:
            return None
        return channels.Sent(f"remote-{key}") if key in self.received else False


@pytest.fixture
def other_side(monkeypatch: pytest.MonkeyPatch) -> Iterator[OtherSide]:
    """The channel "test", and a kind of measure "test" that hears of changes."""
    side = OtherSide()
    monkeypatch.setitem(channels.CHANNELS, "test", channels.Channel("test", side.send, side.was_sent, lambda _payload: side.live))
    monkeypatch.setitem(limits._known, "test", (1000, 1000))
    monkeypatch.setattr(hooks, "MAY_GO", dict(hooks.MAY_GO))
    monkeypatch.setattr(hooks, "CHANGED", dict(hooks.CHANGED))
    monkeypatch.setattr(running, "_stumbled", {})
    return side


@pytest.fixture
def outgoing(aoi: Person, other_side: OtherSide) -> Callable[..., Outgoing]:
    """Put something into the outbox: `outgoing("key")`, approved by aoi a moment ago."""

    def make(key: str = "test:1", **more: Any) -> Outgoing:
        values = {"kind": "test", "subject_id": 1, "channel": "test", "payload": {"text": "…"}, "by": aoi, "now": NOW} | more
        with gate._door():
            return put(key=key, **values)

    return make
