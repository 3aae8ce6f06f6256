"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    """Plans of fictitious-identity investigations and the authority to carry them out."""

    name = "andon.console.undercover.authority"
    label = "authority"

    def ready(self) -> None:
        """Have a say in the closing of a case; draw plans on its page."""
        from andon.console.casework.hooks import MAY_CLOSE  # noqa: PLC0415 - models are loaded before this is called
        from andon.console.casework.models import CaseLink  # noqa: PLC0415 - the same
        from andon.console.casework.naming import NAMERS  # noqa: PLC0415 - the same
        from andon.console.casework.panels import PANELS, Panel  # noqa: PLC0415 - the same
        from andon.console.casework.timeline import SOURCES  # noqa: PLC0415 - the same
        from andon.console.undercover.authority import on_case  # noqa: PLC0415 - the same

        MAY_CLOSE.append(on_case.may_close)
        NAMERS[CaseLink.Kind.PLAN.value] = on_case.names
        SOURCES.append(on_case.moments)
        PANELS.append(Panel("plans", "authority/_panel.html", on_case.panel, order=20))
