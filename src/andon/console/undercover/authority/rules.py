"""Switches and limits of fictitious-identity investigations, each with its source. An installation changes them here only, by a change under review.

"JP": NPA circular of 2025-01-23 as reported; "own": a choice of this project where the sources name no number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from andon.console.staff.ranks import Rank


@dataclass(frozen=True, slots=True)
class Rules:
    """The values in force."""

    notice_to_npa: bool = True  # U8, A8: JP, "for the time being": the national switch
    coordinator_rank: Rank = Rank.INSPECTOR  # U7, A7: JP, 警部 or above
    longest_grant: timedelta = timedelta(days=92)  # A9, A11: own; a renewal is a fresh look
    officer_sum: timedelta = timedelta(days=365)  # A10: SI 2013/2788, article 3: twelve months of one officer in one investigation
    review_every_most: int = 31  # A12: own; days between two reviews, at most
    review_grace: timedelta = timedelta(days=3)  # A12: own; a review missed by more than this suspends
    least_text: int = 40  # A2, A3: own; characters of each ground
    copied_share: float = 0.8  # A2: own; share of another plan's wording from which a text is pointed out as copied
    most_documents: int = 20  # D1: own; a plan that asks for more is a slip of the keyboard
    oral_grants: bool = False  # A14: the Japanese rule asks for approval beforehand (U4), so there is no verb for an oral grant


IN_FORCE = Rules()


def rules() -> Rules:
    """The rules in force now. Asked for each time, so that a test can try others."""
    return IN_FORCE
