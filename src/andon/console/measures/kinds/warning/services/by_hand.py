"""No connection: a person copies the text, posts it, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.console.measures.kinds.warning.services.service import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.measures.kinds.warning.services.service import Reply


class ByHand:
    """Any network; nothing is reached, so this is no `Service`."""

    code = "copy"
    networks = ("x", "bluesky", "fediverse", "other")
    usual_server = ""
    most = 500

    def length(self, text: str) -> int:
        """Characters."""
        return counted(text)

    def shown(self, reply: Reply) -> Mapping[str, Any]:
        """What the person is to post."""
        return {"target": reply.target, "text": reply.text}
