"""Static files as an installation has them: hashed, each script importing hashed scripts that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

import andon.console.settings as real


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    """All static files of the desk, collected with the storage of the real settings."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = real.STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "static"


def test_every_import_is_of_a_hashed_file_that_exists(collected: Path) -> None:
    """Of all our scripts, in every app; nothing is imported by a name that a browser may keep for too long, or from elsewhere."""
    seen = 0
    ours = [file for app in real.INSTALLED_APPS if app.startswith("andon.console.") for file in (collected / app.rpartition(".")[2]).rglob("*.js")]
    for file in ours:
        if file.name.endswith(".min.js") or not re.search(r"\.[0-9a-f]{12}\.js$", file.name):
            continue
        seen += 1
        for wanted in re.findall(r"^(?:import\b|export\b[^;]*?\bfrom\b)[^;]*?[\"']([^\"']+)[\"'];", file.read_text(encoding="utf-8"), re.MULTILINE):
            if not re.match(r"desk(/\w+)?$", wanted):
                target = collected / wanted.removeprefix("/static/") if wanted.startswith("/") else (file.parent / wanted).resolve()
                assert re.search(r"\.[0-9a-f]{12}\.js$", wanted), (file.name, wanted)
                assert target.is_file(), (file.name, wanted)
    assert seen >= 9


def test_the_addresses_that_pages_use_are_hashed(collected: Path) -> None:
    """What `{% asset %}` gives out may be kept for ever."""
    for name in ("frame/desk.css", "frame/desk.js", "frame/icons.svg", "frame/vendor/htmx.min.js"):
        address = staticfiles_storage.url(name)
        assert re.search(r"\.[0-9a-f]{12}\.", address)
        assert (collected / address.removeprefix("/static/")).is_file()
