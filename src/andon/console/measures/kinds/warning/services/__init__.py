"""The networks where a warning can be posted: one file each, all behind `service.Service`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.measures.kinds.warning.services import bluesky, mastodon, misskey, x
from andon.console.measures.kinds.warning.services.by_hand import ByHand

if TYPE_CHECKING:
    from andon.console.measures.kinds.warning.services.service import Form, Service

SERVICES: dict[str, Service] = {one.code: one for one in (x.X(), bluesky.Bluesky(), mastodon.Mastodon(), misskey.Misskey())}
BY_HAND = ByHand()


def service_of(code: str) -> Form:
    """The service of an account; for one without a connection, a person who copies."""
    return SERVICES.get(code, BY_HAND)
