"""What the command line asks of the trail."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from andon.console import gate
from andon.console.audit.chain import Who
from andon.console.gate import Via
from andon.console.trail.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

_NOBODY = Who(None, "", "", str(Via.COMMAND))


def verified(*, from_checkpoint: bool, file: Path | None, key: str) -> dict[str, Any]:
    """Verify, keep that it was done, and give the result as plain data."""
    began = time.perf_counter()
    walk = verify(from_checkpoint=from_checkpoint, file=file, key=key)
    seconds = time.perf_counter() - began
    found = len(walk.findings) + walk.more
    gate.record(_NOBODY, "audit.verified", "", {"checked": walk.checked, "upto": walk.upto, "from": walk.start, "findings": found})
    return {
        "checked": walk.checked, "start": walk.start, "upto": walk.upto, "agreed": walk.agreed, "findings": [asdict(one) for one in walk.findings],
        "more": walk.more, "seconds": round(seconds, 3),
    }  # fmt: skip
