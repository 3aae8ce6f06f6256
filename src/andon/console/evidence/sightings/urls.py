"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.evidence.sightings import views

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "sightings"
urlpatterns: list[URLPattern] = [path("<int:case_id>/", views.of_case, name="case")]
