"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class FrameConfig(AppConfig):
    """The frame of every page."""

    name = "andon.console.frame"
    label = "frame"
