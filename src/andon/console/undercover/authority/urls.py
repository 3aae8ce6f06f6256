"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.undercover.authority.views import desk, errors, plans

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "authority"
urlpatterns: list[URLPattern] = [
    path("plans/", plans.plans, name="plans"),
    path("plans/new/<int:case_id>/", plans.new, name="new"),
    path("plans/<int:plan_id>/", plans.plan, name="plan"),
    path("plans/<int:plan_id>/edit/", plans.edit, name="edit"),
    path("plans/<int:plan_id>/do/<slug:verb>/", plans.do, name="do"),
    path("plans/<int:plan_id>/decide/<slug:verb>/", plans.decide, name="decide"),
    path("plans/<int:plan_id>/unrelated/", desk.add_unrelated, name="add_unrelated"),
    path("plans/<int:plan_id>/errors/", errors.report, name="report_error"),
    path("unrelated/<int:unrelated_id>/", desk.settle_unrelated, name="settle_unrelated"),
    path("decide/", desk.desk, name="desk"),
    path("errors/", errors.errors, name="errors"),
    path("errors/<int:error_id>/", errors.error, name="error"),
    path("errors/<int:error_id>/close/", errors.close, name="close_error"),
    path("states/", desk.table, name="table"),
]
