"""The kinds of criminal recruitment, and the hotline category each falls under."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class HotlineClass(StrEnum):
    """What a category is to the Internet Hotline Center: illegal information, or harmful information closely linked to serious crime."""

    ILLEGAL = "illegal"
    SERIOUS_CRIME = "serious_crime"


class HotlineCategory(StrEnum):
    """Classes of the Internet Hotline Center's guideline that a kind is reported under.

    Recruitment of perpetrators counts as illegal information since 2025-03-01 (before that, from 2023-09-29, as harmful
    information closely linked to serious crime); transfer of bank books and phones, and drug adverts, have been illegal
    information since 2006.
    """

    PERPETRATOR_RECRUITMENT = "perpetrator_recruitment"
    ACCOUNT_TRANSFER = "account_transfer"
    PHONE_TRANSFER = "phone_transfer"
    DRUG_ADVERT = "drug_advert"
    UNDECIDED = "undecided"

    def class_on(self, day: date) -> HotlineClass | None:
        """The class of this category on a day (in Japan), or None when the guideline did not know it yet, or for UNDECIDED."""
        known = [kind for since, kind in _CLASSES.get(self, _SINCE_2006) if day >= since]
        return known[-1] if known and self is not HotlineCategory.UNDECIDED else None


# From which day on a category belongs to which class, in the order of time.
_SINCE_2006 = ((date(2006, 6, 1), HotlineClass.ILLEGAL),)
_CLASSES = {
    HotlineCategory.PERPETRATOR_RECRUITMENT: ((date(2023, 9, 29), HotlineClass.SERIOUS_CRIME), (date(2025, 3, 1), HotlineClass.ILLEGAL)),
}


class Kind(StrEnum):
    """What a recruitment post asks people to do."""

    VAGUE = "vague"
    RECRUITER = "recruiter"
    BAIT = "bait"
    ROBBERY = "robbery"
    LOOKOUT = "lookout"
    DRIVER = "driver"
    TOOLS = "tools"
    DRUGS = "drugs"
    TRANSPORT = "transport"
    CASH_COLLECTION = "cash_collection"
    PARCEL = "parcel"
    FRAUD_PICKUP = "fraud_pickup"
    FRAUD_CALLER = "fraud_caller"
    OVERSEAS = "overseas"
    ACCOUNT = "account"
    MONEY_MULE = "money_mule"
    PHONE = "phone"
    ORDINARY_LOOKING = "ordinary_looking"
    APPROACH = "approach"

    @property
    def category(self) -> HotlineCategory:
        """The hotline category under which a post of this kind is reported."""
        return _CATEGORY.get(self, HotlineCategory.PERPETRATOR_RECRUITMENT)


_CATEGORY = {
    Kind.ACCOUNT: HotlineCategory.ACCOUNT_TRANSFER,
    Kind.MONEY_MULE: HotlineCategory.ACCOUNT_TRANSFER,
    Kind.PHONE: HotlineCategory.PHONE_TRANSFER,
    Kind.DRUGS: HotlineCategory.DRUG_ADVERT,
    Kind.BAIT: HotlineCategory.UNDECIDED,
    Kind.APPROACH: HotlineCategory.UNDECIDED,
}
