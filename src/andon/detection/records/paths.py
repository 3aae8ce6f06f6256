"""What people name on the command line, as a list of files."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING

from andon.detection.records.formats import ending
from andon.detection.records.opening import STDIN
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable

ENDINGS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".dat")


def _inside(folder: Path) -> list[str]:
    """Files with a known ending below `folder`, in the order of their names. Hidden ones are left out."""
    files = (path for path in folder.rglob("*") if path.is_file() and ending(path.name) in ENDINGS)
    return sorted(str(path) for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _expand(name: str) -> list[str]:
    if name == STDIN:
        return [STDIN]
    path = Path(name)
    if path.is_dir():
        files = _inside(path)
        if not files:
            raise SourceError(reason="nothing_readable", path=name, endings=list(ENDINGS))
        return files
    if path.exists():  # also pipes and devices
        return [name]
    matches = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []  # noqa: PTH207 - absolute patterns too
    files = [file for match in matches for file in (_inside(Path(match)) if Path(match).is_dir() else [match])]
    if not files:
        raise SourceError(reason="nothing_readable" if matches else "missing", path=name)
    return files


def expand_paths(args: Iterable[str]) -> list[str]:
    """Files named by files, folders (with all folders inside, known endings only), patterns and "-"; each file once, in the order given.

    Raises SourceError: reason "missing" for what does not exist, "nothing_readable" for a folder without files of a known ending.
    """
    return list(dict.fromkeys(file for name in args for file in _expand(name)))
