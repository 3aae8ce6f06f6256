"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from andon.console.measures.common import views

app_name = "measures"
urlpatterns = [
    path("", views.providers, name="providers"),
    path("new/", views.new, name="new_provider"),
    path("load/", views.load, name="load"),
    path("<int:provider_id>/", views.provider, name="provider"),
    path("<int:provider_id>/confirm/", views.confirm, name="confirm"),
]
