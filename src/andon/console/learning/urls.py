"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from andon.console.learning.views import model, signals

app_name = "learning"
urlpatterns = [
    path("", model.model, name="model"),
    path("fit/", model.fit, name="fit"),
    path("fittings/<int:fitting_id>/", model.fitting, name="fitting"),
    path("fittings/<int:fitting_id>/progress/", model.progress, name="progress"),
    path("models/<int:version_id>/promote/", model.promote, name="promote"),
    path("roll-back/", model.roll_back, name="roll_back"),
    path("signals/", signals.signals, name="signals"),
    path("signals/count/", signals.count, name="count"),
    path("signals/<slug:name>/", signals.signal, name="signal"),
]
