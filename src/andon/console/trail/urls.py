"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from andon.console.trail import views

app_name = "audit"
urlpatterns = [
    path("", views.trail, name="trail"),
    path("export/", views.export, name="export"),
    path("verify/", views.verify, name="verify"),
]
