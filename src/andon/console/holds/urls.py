"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.holds import views

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "holds"
urlpatterns: list[URLPattern] = [
    path("", views.holds, name="holds"),
    path("place/", views.place, name="place"),
    path("<int:pk>/", views.hold, name="hold"),
    path("<int:pk>/prolong/", views.prolong, name="prolong"),
    path("<int:pk>/lift/", views.lift, name="lift"),
]
