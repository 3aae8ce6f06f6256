"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from andon.console.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.uploads, name="uploads"),
    path("list/", views.upload_list, name="upload_list"),
    path("receive/", views.receive, name="receive"),
    path("<int:pk>/", views.upload, name="upload"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/rejects/", views.rejects, name="rejects"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/retry/", views.retry, name="retry"),
]
