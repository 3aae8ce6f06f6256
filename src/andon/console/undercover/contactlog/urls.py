"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.undercover.contactlog.views import acts, devices, entries, logs

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "contactlog"
urlpatterns: list[URLPattern] = [
    path("", logs.logs, name="logs"),
    path("check/", logs.check, name="check"),
    path("plans/<int:plan_id>/", logs.log, name="log"),
    path("plans/<int:plan_id>/log.csv", logs.export, name="export"),
    path("plans/<int:plan_id>/stage/", acts.stage, name="stage"),
    path("plans/<int:plan_id>/stop/", acts.stop, name="stop"),
    path("plans/<int:plan_id>/victim/", acts.victim, name="victim"),
    path("plans/<int:plan_id>/outcome/", acts.outcome, name="outcome"),
    path("plans/<int:plan_id>/steps/<int:step_id>/take-back/", acts.take_back, name="take_back"),
    path("plans/<int:plan_id>/devices/", devices.devices, name="devices"),
    path("plans/<int:plan_id>/devices/name/", devices.name, name="device_name"),
    path("plans/<int:plan_id>/devices/enter/", devices.enter, name="device_enter"),
    path("plans/<int:plan_id>/devices/<int:device_id>/end/", devices.end, name="device_end"),
    path("cases/<int:case_id>/", logs.uncovered, name="uncovered"),
    path("entries/<int:entry_id>/", entries.entry, name="entry"),
    path("entries/<int:entry_id>/correct/", entries.correct, name="correct"),
    path("entries/<int:entry_id>/acknowledge/", entries.acknowledge, name="acknowledge"),
]
