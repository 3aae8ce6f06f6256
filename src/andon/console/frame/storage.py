"""How static files are kept for browsers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]  # noqa: SLF001 - Django's own; it offers all scripts or none


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no stubs
    """Every file under a name with its hash, also where one script of ours imports another by a relative path.

    Without this a script is fresh after an upgrade and what it imports may be an old copy out of the browser's cache. (Imports of "desk" need none of
    it: the page's import map gives their hashed names.) Only our own scripts: those of libraries may import what is not there (django-htmx's do).
    """

    patterns: Any = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((f"{app.rpartition('.')[2]}/*.js", _IMPORTS) for app in settings.INSTALLED_APPS if app.startswith("andon.console.")),
    )
