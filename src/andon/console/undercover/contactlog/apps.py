"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ContactlogConfig(AppConfig):
    """The log of every contact, its stages and its outcome."""

    name = "andon.console.undercover.contactlog"
    label = "contactlog"

    def ready(self) -> None:
        """Have a say in going on and closing, tell what came of a plan, draw contacts on the page of a case."""
        from andon.console.casework.panels import PANELS, Panel  # noqa: PLC0415 - models are loaded before this is called
        from andon.console.casework.timeline import SOURCES  # noqa: PLC0415 - the same
        from andon.console.undercover.authority.codes import Verb  # noqa: PLC0415 - the same
        from andon.console.undercover.authority.hooks import MAY, RESULTS  # noqa: PLC0415 - the same
        from andon.console.undercover.contactlog import on_case, queries  # noqa: PLC0415 - the same
        from andon.console.undercover.identities.hooks import ENTRIES, LISTED  # noqa: PLC0415 - the same

        MAY[Verb.RESUME.value].append(on_case.words_wait)
        MAY[Verb.CLOSE.value] += [on_case.words_wait, on_case.outcome_missing]
        RESULTS.append(queries.results)
        ENTRIES.append(queries.entry_facts)
        LISTED.append(queries.papers)
        SOURCES.append(on_case.moments)
        PANELS.append(Panel("log", "contactlog/_panel.html", on_case.panel, order=30))
