"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.undercover.deconfliction.views import boards, checks, clashes, orders

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "deconfliction"
urlpatterns: list[URLPattern] = [
    path("", clashes.clashes, name="clashes"),
    path("conflicts/<slug:code>/", clashes.clash, name="clash"),
    path("conflicts/<slug:code>/content/", clashes.content, name="content"),
    path("conflicts/<slug:code>/do/<slug:what>/", clashes.act, name="act"),
    path("cases/<int:case_id>/", checks.check, name="check"),
    path("board/", boards.board, name="board"),
    path("board/live/", boards.live, name="live"),
    path("plans/<int:plan_id>/meetings/", boards.meetings, name="meetings"),
    path("plans/<int:plan_id>/meetings/<int:meeting_id>/cancel/", boards.cancel, name="cancel"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<slug:code>/", orders.order, name="order"),
]
