"""Addresses of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from andon.console.undercover.inspection.views import desk, editions, lists

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "inspection"
urlpatterns: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("samples/", desk.samples, name="samples"),
    path("samples/draw/", desk.draw, name="draw_cases"),
    path("samples/open/", desk.open_one, name="open_case"),
    path("samples/<int:case_id>/give-back/", desk.give_back, name="give_back"),
    path("draws/<int:draw_id>/", desk.one_draw, name="draw"),
    path("reads/mine/", desk.my_reads, name="my_reads"),
    path("reads/", desk.reads, name="reads"),
    path("lists/<slug:name>/", lists.one_list, name="list"),
    path("lists/<slug:name>/list.csv", lists.export, name="export"),
    path("errors/<int:error_id>/", lists.error, name="error"),
    path("errors/<int:error_id>/seen/", lists.seen, name="seen"),
    path("figures/", editions.figures, name="figures"),
    path("figures/table.csv", editions.figures_csv, name="figures_csv"),
    path("editions/", editions.editions, name="editions"),
    path("editions/prepare/", editions.prepare, name="prepare"),
    path("editions/<int:edition_id>/", editions.edition, name="edition"),
    path("editions/<int:edition_id>/release/", editions.release, name="release"),
    path("editions/<int:edition_id>/drop/", editions.drop, name="drop"),
    path("editions/<int:edition_id>/<slug:kind>/", editions.edition_file, name="edition_file"),
]
