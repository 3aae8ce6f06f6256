"""Work that is done over and over outlives its own failures."""

from __future__ import annotations

import logging
import threading

import pytest

from andon.console.worker import steadily


@pytest.mark.django_db
def test_it_goes_on(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks is logged by where it was, not by what it said, and the next round comes; the end of the process is not kept back."""
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    rounds, stop, secret = [], threading.Event(), "posts say a lot"

    def work() -> int:
        rounds.append(1)
        if len(rounds) == 2:
            raise ValueError(secret)
        if len(rounds) == 4:
            stop.set()
        return 1

    with caplog.at_level(logging.ERROR, logger="andon.worker"):
        steadily(work, 0.001, stop)
    assert len(rounds) == 4
    assert "ValueError" in caplog.text
    assert secret not in caplog.text

    def ends() -> int:
        raise SystemExit

    with pytest.raises(SystemExit):
        steadily(ends, 0.001)
