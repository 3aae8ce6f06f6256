"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.review.views import acts, finding, pages

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "review"
urlpatterns: list[URLPattern] = [
    path("", pages.queue, name="queue"),
    path("more", pages.more, name="more"),
    path("live", pages.live, name="live"),
    path("search", finding.search, name="search"),
    path("palette", finding.palette, name="palette"),
    path("undo", acts.undo, name="undo"),
    path("decisions/<int:decision_id>/withdraw", acts.withdraw, name="withdraw"),
    path("<int:campaign_id>", pages.card, name="card"),
    path("<int:campaign_id>/members", pages.members, name="members"),
    path("<int:campaign_id>/decide", acts.decide, name="decide"),
    path("<int:campaign_id>/judge", acts.judge, name="judge"),
    path("<int:campaign_id>/keep", acts.keep, name="keep"),
    path("<int:campaign_id>/give-back", acts.give_back, name="give_back"),
    path("<int:campaign_id>/take", acts.take, name="take"),
]
