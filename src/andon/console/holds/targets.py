"""What a hold is on: a post, a contact, an account or a campaign, each by one key."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.db import models

KEY_LENGTH = 400


class TargetKind(models.TextChoices):
    """What can be held."""

    CAMPAIGN = "campaign"
    POST = "post"
    CONTACT = "contact"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One thing that can be held: a post or campaign by its number, a contact by its key ("telegram:abc"), an account as "source:name"."""

    kind: str
    key: str


def post(post_id: int) -> Target:
    """A post."""
    return Target(TargetKind.POST.value, str(post_id))


def campaign(campaign_id: int) -> Target:
    """A campaign."""
    return Target(TargetKind.CAMPAIGN.value, str(campaign_id))


def contact(key: str) -> Target:
    """A contact, by its key as `intake.Contact` has it."""
    return Target(TargetKind.CONTACT.value, key)


def account(source: str, name: str) -> Target:
    """An account of a source, by its handle or its id there. Width, case and a leading @ do not count: handles are the same without them."""
    plain = unicodedata.normalize("NFKC", name).strip().lstrip("@").casefold()
    return Target(TargetKind.ACCOUNT.value, f"{source.strip().casefold()}:{plain}")
