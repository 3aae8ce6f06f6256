"""Starting the desk from a command: commands do not import Django, they call these (and import what needs Django after `setup`)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from andon.console.environment import Environment, make_home

if TYPE_CHECKING:
    from pathlib import Path


def setup(home: Path | None = None) -> None:
    """Make the folder of the installation where there is none, and set Django up. `home` wins over ANDON_HOME."""
    if home is not None:
        os.environ["ANDON_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "andon.console.settings")
    make_home(Environment.read().home)
    import django  # noqa: PLC0415 - a command that only shows its help must not wait for Django

    django.setup()


def migrate() -> None:
    """Bring the tables to what this version needs, and make the key that signs checkpoints. After `setup`."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up by now

    from andon.console.trail.checkpoints import set_up  # noqa: PLC0415 - the same

    call_command("migrate", interactive=False, verbosity=0)
    set_up()
