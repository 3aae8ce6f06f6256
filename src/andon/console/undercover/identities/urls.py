"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.undercover.identities.views import documents, lists, plans, sealed

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "identities"
urlpatterns: list[URLPattern] = [
    path("", lists.register, name="register"),
    path("places/", lists.place, name="place"),
    path("plans/<int:plan_id>/", plans.plan, name="plan"),
    path("plans/<int:plan_id>/identity/", plans.identity, name="identity"),
    path("plans/<int:plan_id>/identities/<int:identity_id>/receive/", plans.receive, name="receive"),
    path("plans/<int:plan_id>/identities/<int:identity_id>/check/", plans.check, name="check"),
    path("plans/<int:plan_id>/reconcile/", plans.reconcile, name="reconcile"),
    path("plans/<int:plan_id>/show/", plans.show, name="show"),
    path("plans/<int:plan_id>/seal/", plans.seal, name="seal"),
    path("plans/<int:plan_id>/sealed/", sealed.sealed, name="sealed"),
    path("documents/<int:document_id>/", documents.document, name="document"),
    path("documents/<int:document_id>/<slug:what>/", documents.do, name="do"),
    path("slips/<int:slip_id>/confirm/", documents.confirm, name="confirm"),
    path("slips/<int:slip_id>/drop/", documents.drop, name="drop"),
]
