"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.measures.kinds.removal.views import acts, documents, figures, pages

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "removal"
urlpatterns: list[URLPattern] = [
    path("", pages.requests, name="requests"),
    path("<int:removal_id>/", pages.request, name="request"),
    path("<int:removal_id>/posts/", pages.posts, name="posts"),
    path("<int:removal_id>/letters/<int:letter_id>/preview/<slug:form>/", documents.preview, name="preview"),
    path("<int:removal_id>/letters/<int:letter_id>/<slug:form>/", documents.document, name="document"),
    path("<int:removal_id>/approve/", acts.approve, name="approve"),
    path("<int:removal_id>/undo/", acts.undo, name="undo"),
    path("<int:removal_id>/carried/", acts.carried, name="carried"),
    path("<int:removal_id>/mail/<slug:sha256>/", documents.mail_file, name="mail"),
    path("<int:removal_id>/police/", acts.police, name="police"),
    path("<int:removal_id>/answer/", acts.answer, name="answer"),
    path("<int:removal_id>/again/", acts.again, name="again"),
    path("<int:removal_id>/change/", acts.change, name="change"),
    path("<int:removal_id>/drop/", acts.drop, name="drop"),
    path("<int:removal_id>/give-up/", acts.give_up, name="give_up"),
    path("campaigns/<int:campaign_id>/draft/", acts.draft, name="draft"),
    path("providers/<int:provider_id>/", figures.provider, name="provider"),
    path("outcomes/", figures.outcomes, name="outcomes"),
    path("outcomes.csv", figures.outcomes_csv, name="outcomes_csv"),
    path("rules/", pages.rules, name="rules"),
]
