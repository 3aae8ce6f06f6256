"""Workers that are killed (SIGKILL) at every step of sending, on a database of its own. Run by test_faults.py in a process of its own: it forks.

Says, as JSON, what reached the other side and how each row ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from andon.console import start

if TYPE_CHECKING:
    from collections.abc import Callable

start.setup(Path(sys.argv[1]))
start.migrate()

from django.db import connections
from django.utils import timezone

from andon.console import gate
from andon.console.measures.common import channels, limits
from andon.console.measures.common.models import Outgoing
from andon.console.measures.common.outbox import put, run_due, running
from andon.console.staff.models import Person, Unit

BOX = Path(sys.argv[1]) / "received"
BOX.mkdir()
STEPS = ("nowhere", "taking", "taken", "before delivery", "delivered", "answered", "writing down", "written down")


def die() -> None:
    """As a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


def deliver(payload: dict, key: str) -> channels.Sent:
    """A file is a receipt; a second one for the same key is another file."""
    if payload["die"] == "before delivery":
        die()
    (BOX / f"{key}.{len(list(BOX.glob(f'{key}.*')))}").touch()
    if payload["die"] == "delivered":
        die()
    return channels.Sent(key)


def was_sent(key: str, _payload: dict) -> channels.Answer:
    """The receipt, where there is one."""
    return channels.Sent(key) if list(BOX.glob(f"{key}.*")) else False


channels.CHANNELS["asks"] = channels.Channel("asks", deliver, was_sent, lambda _: True)
channels.CHANNELS["silent"] = channels.Channel("silent", deliver, channels.nobody_knows, lambda _: True)
limits.known("test", per_day=10_000, per_minute=10_000)


def killing(step: str) -> None:
    """Make this process die at a step."""
    take, send, sent, change = running._take, running._send, running._sent, running.change

    def late(work: Callable[..., Any], when: str) -> Callable[..., Any]:
        def through(*args: Any, **kwargs: Any) -> Any:
            done = work(*args, **kwargs)
            if step == when:
                die()
            return done

        return through

    if step == "taking":
        running.change = late(change, "taking")
    if step == "writing down":
        def written(row: Outgoing, state: str, **more: Any) -> bool:
            done = change(row, state, **more)
            if state == "sent":
                die()
            return done

        running.change = written
    if step == "answered":
        running._sent = lambda *_: die()
    running._take, running._send = late(take, "taken"), late(send, "written down")
    if step != "answered":
        running._sent = sent


def in_child(work: Callable[[], object]) -> int:
    """Run in a forked process; its exit status."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1]


with gate._door():
    person = Person.objects.create(username="aoi", name="Aoi", unit=Unit.objects.create(name="U", kind="police"))


def make(key: str, channel: str, step: str = "nowhere") -> None:
    """Something that is due."""
    with gate._door():
        put(key=key, kind="test", subject_id=1, channel=channel, payload={"die": step}, by=person, now=timezone.now() - timedelta(hours=1))


def harmless() -> None:
    """The next worker: nothing kills it, and what was to die does not."""
    with gate._door():
        for row in Outgoing.objects.all():
            Outgoing.objects.filter(pk=row.pk).update(payload={"die": "nowhere"})


results = []
for channel in ("asks", "silent"):
    for number, step in enumerate(STEPS):
        key = f"{channel}-{number}"
        make(key, channel, step)

        def doomed(step: str = step) -> None:
            """A worker that dies at this step."""
            killing(step)
            run_due()

        status = in_child(doomed)
        middle = Outgoing.objects.get(key=key).state
        harmless()
        for minutes in (1, 5):
            in_child(lambda minutes=minutes: run_due(now=timezone.now() + timedelta(minutes=minutes)))
        row = Outgoing.objects.get(key=key)
        results.append([channel, step, os.WIFSIGNALED(status), middle, row.state, len(list(BOX.glob(f"{key}.*"))), list(row.events.values_list("state", flat=True))])

for number in range(60):
    make(f"many-{number}", "asks")
connections.close_all()
children = []
for _ in range(4):
    child = os.fork()
    if child == 0:
        while run_due(limit=20):
            pass
        os._exit(0)
    children.append(child)
for child in children:
    os.waitpid(child, 0)
many = [len(list(BOX.glob(f"many-{number}.*"))) for number in range(60)]
states = sorted(set(Outgoing.objects.filter(key__startswith="many-").values_list("state", flat=True)))
sys.stdout.write(json.dumps({"results": results, "many": many, "states": states}))
