"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from andon.console.captures import views

app_name = "captures"
urlpatterns = [
    path("", views.listing, name="list"),
    path("capture/", views.capture, name="capture"),
    path("verify/", views.verify, name="verify"),
    path("<int:capture_id>/", views.one, name="one"),
    path("<int:capture_id>/picture/", views.picture, name="picture"),
    path("files/<slug:key>/", views.download, name="download"),
    path("stamps/<int:stamp_id>/", views.stamp, name="stamp"),
]
