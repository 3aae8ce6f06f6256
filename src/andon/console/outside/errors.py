"""What can go wrong on the way to the outside."""

from __future__ import annotations

from andon.domain.errors import AndonError


class Unreachable(AndonError):  # noqa: N818 - what a person reads about it
    """Nothing came back that could be used. `reason` says why, by one of `REASONS`; it is no finding about what stands there."""

    code = "unreachable"

    @property
    def reason(self) -> str:
        """Why, as a code."""
        return str(self.data.get("reason", ""))


# Why nothing came: the address itself, where it leads, the way there, the answer.
REASONS = frozenset({
    "address", "scheme", "port", "private", "not_https",
    "no_such_host", "not_connected", "not_trusted", "timeout", "busy",
    "redirects", "redirected", "broken", "too_large", "robots", "robots_unknown", "not_json",
    "no_browser", "no_picture",
})  # fmt: skip


class MailRefused(AndonError):  # noqa: N818 - what a person reads about it
    """A mail was not taken. `permanent`: trying again will not help. `unsure`: the connection broke while the text went out, and nobody knows."""

    code = "mail_refused"

    def __init__(self, *, reason: str, permanent: bool, unsure: bool = False, **data: object) -> None:
        super().__init__(reason=reason, permanent=permanent, unsure=unsure, **data)
        self.reason, self.permanent, self.unsure = reason, permanent, unsure
