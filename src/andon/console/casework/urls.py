"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.casework.views import lists, one, parts, proposing

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "casework"
urlpatterns: list[URLPattern] = [
    path("", lists.cases, name="cases"),
    path("feed", lists.feed, name="feed"),
    path("find", lists.find, name="find"),
    path("cases.csv", lists.export, name="export"),
    path("new", lists.new, name="new"),
    path("propose/<int:campaign_id>", proposing.propose, name="propose"),
    path("<int:case_id>", one.case, name="case"),
    path("<int:case_id>/timeline.csv", one.timeline, name="timeline"),
    path("<int:case_id>/take-up", one.take_up, name="take_up"),
    path("<int:case_id>/decline", one.decline, name="decline"),
    path("<int:case_id>/rename", one.rename, name="rename"),
    path("<int:case_id>/close", one.close, name="close"),
    path("<int:case_id>/reopen", one.reopen, name="reopen"),
    path("<int:case_id>/members/add", parts.add_member, name="add_member"),
    path("<int:case_id>/members/<int:membership_id>/end", parts.end_member, name="end_member"),
    path("<int:case_id>/links/add", parts.link, name="link"),
    path("<int:case_id>/links/<int:link_id>/remove", parts.unlink, name="unlink"),
]
