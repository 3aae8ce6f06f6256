"""The lists of the inspector's desk, in the order in which they stand there."""

from __future__ import annotations

from andon.console.undercover.inspection.lists import authorities, drift, errors, involvement, late, reviews, words

LISTS = {one.code: one for one in (authorities.LIST, drift.LIST, involvement.LIST, errors.LIST, late.LIST, reviews.LIST, words.LIST)}
