"""Addresses of this app. Everything else below /api/ is answered as JSON, too."""

from __future__ import annotations

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from andon.console.api import views
from andon.console.api.interface import addresses
from andon.console.api.problems import not_found

urlpatterns = [
    path("v1/docs/", views.documentation, name="api-docs"),
    path("v1/openapi.json", views.openapi, name="api-openapi"),
    path("v1/", addresses()),
    re_path("^.*$", csrf_exempt(not_found), name="api-none"),  # there is nothing to forge
]
