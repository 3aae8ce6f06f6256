"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class DeconflictionConfig(AppConfig):
    """Two units that follow the same person learn whom to call, and no more."""

    name = "andon.console.undercover.deconfliction"
    label = "deconfliction"

    def ready(self) -> None:
        """Register what a granted plan names, stand in the way of a beginning, speak before a contact; draw on the page of a case."""
        from andon.console.casework.panels import PANELS, Panel  # noqa: PLC0415 - models are loaded before this is called
        from andon.console.casework.timeline import SOURCES  # noqa: PLC0415 - the same
        from andon.console.undercover.authority.codes import Verb  # noqa: PLC0415 - the same
        from andon.console.undercover.authority.hooks import AFTER_STATE, MAY  # noqa: PLC0415 - the same
        from andon.console.undercover.contactlog.hooks import BEFORE_CONTACT  # noqa: PLC0415 - the same
        from andon.console.undercover.deconfliction import on_case, on_plans  # noqa: PLC0415 - the same

        AFTER_STATE.append(on_plans.after_state)
        MAY[Verb.BEGIN.value].append(on_plans.may_begin)
        BEFORE_CONTACT.append(on_plans.before_contact)
        SOURCES.append(on_case.moments)
        PANELS.append(Panel("deconfliction", "deconfliction/_panel.html", on_case.panel, order=24))
