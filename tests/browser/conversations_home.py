"""Run in a desk's environment: a case of an investigator with two exhibits, of which one holds a long conversation, taken in and read."""

from __future__ import annotations

import sys
from pathlib import Path

from andon.console import start


def main(*folders: str) -> None:
    """Take the folders in, and read them."""
    start.setup()
    from andon.console.casework.actions.life import open_case
    from andon.console.evidence.conversations.running import read_now
    from andon.console.evidence.exhibits.actions.take_in import Said
    from andon.console.evidence.exhibits.copying import take_in_now
    from andon.console.gate import Actor, Via
    from andon.console.staff.models import Person

    toru = Actor(Person.objects.get(username="toru"), Via.COMMAND, fresh=True)
    case = open_case(toru, "長い会話", "general", ground="試験")
    for folder in folders:
        exhibit = take_in_now(toru, case, Path(folder), Said(title=Path(folder).name, place="本部", how="複製", device="端末"))
        reading = read_now(toru, exhibit)
        print(case.pk, *reading.conversations.values_list("pk", flat=True))  # noqa: T201 - for the test


if __name__ == "__main__":
    main(*sys.argv[1:])
