"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.undercover.safety.views import acts, alarms, lists

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "safety"
urlpatterns: list[URLPattern] = [
    path("", lists.now, name="now"),
    path("live/", lists.live, name="live"),
    path("plans/<int:plan_id>/", lists.plan, name="plan"),
    path("plans/<int:plan_id>/brief/", acts.brief, name="brief"),
    path("plans/<int:plan_id>/consent/", acts.consent, name="consent"),
    path("plans/<int:plan_id>/withdraw/", acts.withdraw, name="withdraw"),
    path("plans/<int:plan_id>/chain/", acts.add, name="add"),
    path("plans/<int:plan_id>/chain/<int:link_id>/remove/", acts.remove, name="remove"),
    path("plans/<int:plan_id>/chain/<int:link_id>/phone/", acts.phone, name="phone"),
    path("plans/<int:plan_id>/check/", acts.check, name="check"),
    path("plans/<int:plan_id>/checks/<int:check_id>/", acts.answer, name="answer"),
    path("plans/<int:plan_id>/back/<int:outing_id>/", acts.back, name="back"),
    path("help/", alarms.help_screen, name="help"),
    path("help/<int:plan_id>/", alarms.press, name="press"),
    path("calls/<int:alarm_id>/", alarms.alarm, name="alarm"),
    path("calls/<int:alarm_id>/take/", alarms.take, name="take"),
    path("calls/<int:alarm_id>/resolve/", alarms.resolve, name="resolve"),
]
