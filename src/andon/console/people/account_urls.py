"""Those addresses of allauth that this desk has: nobody signs up, no mail is sent, no password is reset by mail."""

from __future__ import annotations

from allauth.account import views
from django.urls import include, path

from andon.console.people import session_views

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", session_views.sessions, name="usersessions_list"),
    path("sessions/end-others/", session_views.end_others, name="usersessions_end_others"),
    path("sessions/<int:session_id>/end/", session_views.end_one, name="usersessions_end"),
]
