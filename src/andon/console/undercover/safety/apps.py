"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """The officer's consent, welfare checks and the call for help."""

    name = "andon.console.undercover.safety"
    label = "safety"

    def ready(self) -> None:
        """Ask for consent before a beginning, make checks due with meetings and contacts, draw on the page of a case."""
        from andon.console.casework.panels import PANELS, Panel  # noqa: PLC0415 - models are loaded before this is called
        from andon.console.casework.timeline import SOURCES  # noqa: PLC0415 - the same
        from andon.console.undercover.authority.codes import Verb  # noqa: PLC0415 - the same
        from andon.console.undercover.authority.hooks import AFTER_STATE, MAY  # noqa: PLC0415 - the same
        from andon.console.undercover.contactlog.hooks import AFTER_ENTRY, AFTER_MEETING, BEFORE_CONTACT  # noqa: PLC0415 - the same
        from andon.console.undercover.safety import on_case, on_plans  # noqa: PLC0415 - the same

        AFTER_STATE.append(on_plans.after_state)
        MAY[Verb.BEGIN.value].append(on_plans.may_begin)
        MAY[Verb.RESUME.value].append(on_plans.may_begin)
        AFTER_MEETING.append(on_plans.after_meeting)
        AFTER_ENTRY.append(on_plans.after_entry)
        BEFORE_CONTACT.append(on_plans.before_contact)
        SOURCES.append(on_case.moments)
        PANELS.append(Panel("safety", "safety/_panel.html", on_case.panel, order=26))
