"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from andon.console.people import admin_views, views

app_name = "staff"
urlpatterns = [
    path("", admin_views.people, name="people"),
    path("add/", admin_views.add, name="add"),
    path("<int:person_id>/", admin_views.person, name="person"),
    path("<int:person_id>/switch/", admin_views.switch, name="switch"),
    path("<int:person_id>/password/", admin_views.password, name="password"),
    path("<int:person_id>/factors/", admin_views.factors, name="factors"),
    path("<int:person_id>/tokens/", admin_views.revoke_tokens, name="revoke_tokens"),
    path("units/", admin_views.units, name="units"),
    path("units/<int:unit_id>/", admin_views.unit, name="unit"),
    path("rights/", views.rights, name="rights"),
    path("me/", views.me, name="me"),
    path("me/looks/", views.looks, name="looks"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:token_id>/revoke/", views.revoke, name="revoke"),
]
