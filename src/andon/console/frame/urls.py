"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.frame import views

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "frame"
urlpatterns: list[URLPattern] = [path("", views.guide, name="guide"), path("looks", views.looks, name="looks")]
