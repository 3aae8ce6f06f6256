"""All addresses of the desk."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("andon.console.home.urls")),
    path("account/", include("allauth.urls")),
    path("staff/", include("andon.console.staff.urls")),
    path("audit/", include("andon.console.audit.urls")),
    path("intake/", include("andon.console.intake.urls")),
    path("review/", include("andon.console.review.urls")),
    path("learning/", include("andon.console.learning.urls")),
]
