"""Hosts that show a program nothing but a wall (sign-in, an empty page filled by scripts): there only a person can tell."""

from __future__ import annotations

# What a signed-out program gets there does not depend on whether the post is there.
WALLED = ("instagram.com", "threads.net", "threads.com", "facebook.com", "tiktok.com", "line.me", "discord.com", "linkedin.com")


def is_walled(host: str) -> bool:
    """Whether a program cannot tell anything on this host, or on one below it."""
    name = "." + host.partition(":")[0]
    return name.endswith(tuple("." + wall for wall in WALLED))
