"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from andon.console.home import views

app_name = "home"
urlpatterns = [
    path("", views.today, name="today"),
    path("today/figures/", views.figures, name="figures"),
    path("today/uploads/", views.uploads, name="uploads"),
]
