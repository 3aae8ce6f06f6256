"""All addresses of the desk."""

from __future__ import annotations

from django.urls import include, path

from andon.console.home.views import health

urlpatterns = [
    path("health/", health, name="health"),
    path("", include("andon.console.home.urls")),
    path("frame/", include("andon.console.frame.urls")),
    path("account/", include("andon.console.people.account_urls")),
    path("staff/", include("andon.console.people.urls")),
    path("audit/", include("andon.console.trail.urls")),
    path("intake/", include("andon.console.intake.urls")),
    path("review/", include("andon.console.review.urls")),
    path("learning/", include("andon.console.learning.urls")),
    path("cases/", include("andon.console.casework.urls")),
    path("evidence/exhibits/", include("andon.console.evidence.exhibits.urls")),
    path("evidence/conversations/", include("andon.console.evidence.conversations.urls")),
    path("evidence/sightings/", include("andon.console.evidence.sightings.urls")),
    path("undercover/", include("andon.console.undercover.authority.urls")),
    path("undercover/identities/", include("andon.console.undercover.identities.urls")),
    path("undercover/log/", include("andon.console.undercover.contactlog.urls")),
    path("undercover/deconfliction/", include("andon.console.undercover.deconfliction.urls")),
    path("undercover/safety/", include("andon.console.undercover.safety.urls")),
    path("undercover/inspection/", include("andon.console.undercover.inspection.urls")),
    path("holds/", include("andon.console.holds.urls")),
    path("captures/", include("andon.console.captures.urls")),
    path("measures/", include("andon.console.measures.board.urls")),
    path("measures/providers/", include("andon.console.measures.common.urls")),
    path("measures/visits/", include("andon.console.measures.visits.urls")),
    path("measures/removals/", include("andon.console.measures.kinds.removal.urls")),
    path("measures/warnings/", include("andon.console.measures.kinds.warning.urls")),
    path("measures/referrals/", include("andon.console.measures.kinds.referral.urls")),
    path("api/", include("andon.console.api.urls")),
]
