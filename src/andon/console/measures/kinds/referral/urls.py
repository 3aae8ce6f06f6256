"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from andon.console.measures.kinds.referral import views

app_name = "referral"
urlpatterns = [
    path("", views.referrals, name="referrals"),
    path("<int:referral_id>/", views.referral, name="referral"),
    path("<int:referral_id>/approve/", views.approve, name="approve"),
    path("<int:referral_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:referral_id>/answer/", views.respond, name="answer"),
    path("<int:referral_id>/packet/", views.packet, name="packet"),
    path("new/<int:campaign_id>/", views.new, name="new"),
    path("receivers/", views.receivers, name="receivers"),
    path("receivers/new/", views.receiver, name="new_receiver"),
    path("receivers/<int:receiver_id>/", views.receiver, name="receiver"),
]
