"""Handles as keys ("telegram:taro"), so that one account is one text however it was typed."""

from __future__ import annotations

import unicodedata

from andon.console.undercover.contactlog.codes import Channel

_KIND = {Channel.X_DM.value: "x", Channel.SMS.value: "phone"}


def key_of(handle: str, channel: str) -> str:
    """The key of what somebody typed: with its kind where they named one, else that of the channel. Nothing stays nothing."""
    plain = unicodedata.normalize("NFKC", handle).strip().lower()
    if not plain:
        return ""
    kind, colon, value = plain.partition(":")
    if not colon:
        kind, value = _KIND.get(channel, channel), plain
    return f"{kind.strip()}:{value.strip().lstrip('@')}"


def same(one: str, other: str) -> bool:
    """Whether two keys are one account."""
    return key_of(one, "") == key_of(other, "")


def among(key: str, keys: list[str]) -> bool:
    """Whether a key stands in a plan's list."""
    return any(same(key, one) for one in keys)
