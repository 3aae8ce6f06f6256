"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.measures.visits import views

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "visits"
urlpatterns: list[URLPattern] = [
    path("", views.visits, name="visits"),
    path("hosts/", views.hosts, name="hosts"),
    path("person/", views.person, name="person"),
    path("posts/<int:post_id>/", views.post, name="post"),
    path("posts/<int:post_id>/looked/", views.looked, name="looked"),
    path("posts/<int:post_id>/ask/", views.ask, name="ask"),
]
