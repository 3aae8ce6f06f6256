"""Addresses of this app."""

from __future__ import annotations

from django.urls import path

from andon.console.measures.board.views import board, notices, outbox, rules

app_name = "board"
urlpatterns = [
    path("", board.board, name="board"),
    path("plan/", board.plan, name="plan"),
    path("go/", board.go, name="go"),
    path("batches/<int:batch_id>/", board.batch, name="batch"),
    path("batches/<int:batch_id>/undo/", board.undo, name="undo"),
    path("batches/<int:batch_id>/again/", board.again, name="again"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:outgoing_id>/", outbox.outgoing, name="outgoing"),
    path("outbox/<int:outgoing_id>/take-out/", outbox.take_out, name="take_out"),
    path("outbox/<int:outgoing_id>/resolve/", outbox.resolve, name="resolve"),
    path("outbox/<int:outgoing_id>/again/", outbox.try_again, name="try_again"),
    path("outbox/<int:outgoing_id>/by-hand/", outbox.by_hand, name="by_hand"),
    path("limits/", rules.limits, name="limits"),
    path("limits/change/", rules.change, name="limit"),
    path("limits/close/", rules.close, name="close"),
    path("limits/channel/", rules.channel, name="channel"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read, name="read"),
    path("notices/<int:notice_id>/", notices.follow, name="follow"),
    path("notices/digest/", notices.digest, name="digest"),
]
