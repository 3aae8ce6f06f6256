"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from andon.console.measures.kinds.warning.views import accounts, acts, composing, lists, wordings

app_name = "warning"
urlpatterns = [
    path("", lists.warnings, name="list"),
    path("<int:warning_id>/", lists.warning, name="warning"),
    path("<int:warning_id>/withdraw/", acts.withdraw, name="withdraw"),
    path("<int:warning_id>/posted/", acts.posted, name="posted"),
    path("campaign/<int:campaign_id>/", composing.compose, name="compose"),
    path("batch/<int:batch_id>/", composing.batch, name="batch"),
    path("batch/<int:batch_id>/approve/", composing.approve, name="approve"),
    path("batch/<int:batch_id>/drop/", composing.drop, name="drop"),
    path("batch/<int:batch_id>/undo/", composing.undo, name="undo"),
    path("wordings/", wordings.wordings, name="wordings"),
    path("wordings/new/", wordings.new, name="wording_new"),
    path("wordings/check/", wordings.check, name="check"),
    path("wordings/load/", wordings.load, name="load"),
    path("wordings/<int:wording_id>/review/", wordings.review, name="review"),
    path("wordings/<int:wording_id>/retire/", wordings.retire, name="retire"),
    path("wordings/<int:wording_id>/picture/", wordings.picture, name="picture"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new, name="account_new"),
    path("accounts/<int:account_id>/", accounts.account, name="account"),
    path("accounts/<int:account_id>/ask/", accounts.ask, name="ask"),
    path("accounts/<int:account_id>/badge/", accounts.badge, name="badge"),
    path("accounts/<int:account_id>/switch/", accounts.switch, name="switch"),
]
