"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class IdentitiesConfig(AppConfig):
    """The register of fictitious identities and their documents, as received."""

    name = "andon.console.undercover.identities"
    label = "identities"

    def ready(self) -> None:
        """Tell plans of their officers and documents, have a say in beginning and closing, draw documents on the page of a case."""
        from andon.console.casework.hooks import MAY_CLOSE  # noqa: PLC0415 - models are loaded before this is called
        from andon.console.casework.panels import PANELS, Panel  # noqa: PLC0415 - the same
        from andon.console.casework.timeline import SOURCES  # noqa: PLC0415 - the same
        from andon.console.undercover.authority.codes import Verb  # noqa: PLC0415 - the same
        from andon.console.undercover.authority.hooks import AFTER_STATE, MAY, OPERATORS, RESULTS, THINGS  # noqa: PLC0415 - the same
        from andon.console.undercover.identities import on_case, queries, seal  # noqa: PLC0415 - the same

        OPERATORS.append(seal.operators)
        THINGS.append(on_case.things)
        RESULTS.append(queries.results)
        AFTER_STATE.append(on_case.call_back)
        MAY[Verb.BEGIN.value].append(on_case.officers_sealed)
        MAY_CLOSE.append(on_case.may_close)
        SOURCES.append(on_case.moments)
        PANELS.append(Panel("identities", "identities/_panel.html", on_case.panel, order=25))
