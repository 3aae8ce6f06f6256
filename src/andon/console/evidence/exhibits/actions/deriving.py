"""Keeping what was made from an exhibit: the line `derived` of the custody log. A plain function, for verbs of apps above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.store import store
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from andon.console.evidence.exhibits.models import Exhibit
    from andon.console.staff.models import Person


def keep_derived(
    exhibit: Exhibit, name: str, pieces: Iterable[bytes], *, by: Person, sources: tuple[str, ...], parameters: Mapping[str, Any],
    is_disclosable: bool | None,
) -> str:  # fmt: skip
    """Keep a derived item in the store; its SHA-256. Called by a verb, inside its transaction; make slow pieces before it.

    `sources` are names of the exhibit's files (of one inside an archive: "archive!/member"). Raises EvidenceError (reason "sealed", "no_source").
    """
    kept = store()
    sha256, _ = acts.derive(
        kept, exhibit.code, pieces, name=name, by=written(by), sources=sources, parameters=parameters, is_disclosable=is_disclosable
    )  # fmt: skip
    mirror.follow(kept)
    return sha256
