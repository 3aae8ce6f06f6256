"""The order of the queue: one number per campaign, the largest first. It orders reading; it says nothing about guilt.

One point is one day. A campaign seen today and one seen ten days ago are equal when the older one is worth ten points more by

- harm: what its most common kind asks people to do. Kinds with danger to life and limb come first (`HARM` says why for each kind);
- score: how much its best post reads like recruitment, up to `SCORE` points;
- spread: posts, accounts and sources, each doubling worth a fixed number of points, so that a flood does not bury everything else;
- and less by `NEAR_BENIGN` points when it is worded like something that people have found not to be recruitment.

Because freshness is a day's number and not an age, the order of two campaigns changes only when one of them gets posts: nothing has to be computed
anew as time goes by. A post that claims to come from the future counts as seen when it was stored.
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import log2
from typing import TYPE_CHECKING

from andon.console.intake.ids import parts
from andon.console.intake.models import Campaign
from andon.domain.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

SCORE = 20.0
DOUBLED_POSTS, DOUBLED_ACCOUNTS, DOUBLED_SOURCES = 1.0, 1.5, 3.0
NEAR_BENIGN = 25.0

# Points by kind. The figures are of published cases: in the robberies around Tokyo in 2024 that recruits carried out one person died and 21 were
# injured (18 cases); of the 3,925 people caught in 2024 after answering a yami-baito post 2,114 had handed over accounts or the like, 1,032 took part
# in fraud, 64 in robbery. So what can end in violence is read first though it is rare, then fraud in progress, then what makes fraud possible.
HARM: dict[Kind, float] = {
    Kind.ROBBERY: 14.0,  # somebody may be hurt or killed, often within days of the post
    Kind.LOOKOUT: 13.0,  # a role in a robbery: watching a house before and during it
    Kind.DRIVER: 13.0,  # a role in a robbery: taking the others there and away
    Kind.TOOLS: 12.0,  # crowbars, phones and cars for a robbery
    Kind.OVERSEAS: 11.0,  # people are taken abroad and held there to make fraud calls
    Kind.CASH_COLLECTION: 9.0,  # told as collecting a debt: robbery, or a victim's savings on the way
    Kind.FRAUD_PICKUP: 9.0,  # a victim of fraud hands over cash or cards in the next days
    Kind.FRAUD_CALLER: 8.0,  # makes many victims at once
    Kind.RECRUITER: 7.0,  # brings others into any of these
    Kind.DRUGS: 6.0,
    Kind.TRANSPORT: 6.0,  # cash, drugs or goods of a crime, seldom said which
    Kind.PARCEL: 5.0,  # goods bought with stolen cards, or drugs
    Kind.MONEY_MULE: 5.0,  # moves the money of a fraud on
    Kind.ACCOUNT: 4.0,  # by far the most recruits; no violence, but no fraud without accounts
    Kind.PHONE: 4.0,  # the same for telephone numbers
    Kind.VAGUE: 3.0,  # pay without a task: can be any of the above
    Kind.APPROACH: 2.0,  # the opening of a talk
    Kind.ORDINARY_LOOKING: 2.0,
    Kind.BAIT: 1.0,  # gathers addresses of people in need of money
}
_HARM = {str(kind): points for kind, points in HARM.items()}
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_DAY = 86_400.0


def priority_of(campaign: Campaign) -> float:
    """The number of a campaign as it stands (its row need not be saved)."""
    seen = min(campaign.last_seen or campaign.made_at, campaign.changed_at)
    harm = _HARM.get(campaign.kind, 0.0)
    spread = (
        DOUBLED_POSTS * log2(max(campaign.posts, 1)) + DOUBLED_ACCOUNTS * log2(max(campaign.accounts, 1))
        + DOUBLED_SOURCES * log2(max(len(campaign.sources), 1))
    )  # fmt: skip
    points = harm + SCORE * campaign.score + spread - (NEAR_BENIGN if campaign.near_benign else 0.0)
    return round((seen - _EPOCH).total_seconds() / _DAY + points, 4)


def refresh(campaigns: Iterable[int]) -> None:
    """Set the priority of campaigns from their rows. To be called by a verb that changed what it rests on (`near_benign`)."""
    for part in parts(sorted(campaigns)):
        changed = []
        for row in Campaign.objects.filter(pk__in=part).defer("template", "days"):
            number = priority_of(row)
            if row.priority != number:
                row.priority = number
                changed.append(row)
        Campaign.objects.bulk_update(changed, ["priority"], batch_size=200)
