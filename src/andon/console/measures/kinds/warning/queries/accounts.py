"""Which account warns on which network, and whether it may."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.measures.kinds.warning.models import Account
from andon.console.measures.kinds.warning.services import service_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from andon.console.staff.models import Unit

BADGE_GOOD_FOR = timedelta(days=180)


def badge_problem(account: Account, now: datetime | None = None) -> str:
    """W9: what is wrong with how people can tell that the account is ours; nothing when a person looked at it not long ago."""
    if account.badge == Account.Badge.NONE or account.badge_at is None:
        return "warning_badge_none"
    if account.badge_at < (now or timezone.now()) - BADGE_GOOD_FOR:
        return "warning_badge_old"
    return ""


def accounts_of(unit: Unit) -> list[Account]:
    """The accounts of a unit: live ones first, those without a connection last."""
    order = sorted(Account.objects.filter(unit=unit).select_related("unit"), key=lambda one: (not one.is_live, one.service == "copy", one.pk))
    return list(order)


def fitting(accounts: Iterable[Account], network: str) -> list[Account]:
    """Those that can reply on a network, in the same order."""
    return [one for one in accounts if network in service_of(one.service).networks]
