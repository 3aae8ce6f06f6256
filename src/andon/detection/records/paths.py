"""What people name on the command line, as a list of files."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING

from andon.detection.records.formats import ending, script_prefix
from andon.detection.records.members import MARK, MemberFile, is_archive_head, list_members, split_path
from andon.detection.records.opening import STDIN, ByteStream
from andon.detection.records.xlsx_rows import WORKBOOK_PART
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_PAGES = (".html", ".htm", ".xml", ".rss", ".atom", ".rdf")
_ARCHIVES = (".zip", ".tar", ".tgz")
ENDINGS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".dat", ".xlsx", ".xlsm", ".xls", ".js", *_PAGES, *_ARCHIVES)
_HEAD = 512  # bytes that show what a file is
_X_MANIFEST, _X_VIEWER = "data/manifest.js", ("assets/", "Your archive.html")


def _is_hidden(name: str) -> bool:
    """Whether a file or one of its folders is hidden; what macOS adds to archives is."""
    return any(part == "__MACOSX" or part.startswith(".") for part in name.split("/") if part not in (".", ".."))


def _readable(names: Sequence[str], is_data: Callable[[str], bool]) -> list[str]:
    """Those of the files `names` (with folders, "/" between them) that are read of a folder or archive: known endings, hidden ones left out.

    Of scripts only those that `is_data` says hold the data of an X archive; the page and the programs beside them, for looking at it, are left out.
    """
    kept = [name for name in names if ending(name) in ENDINGS and not _is_hidden(name)]
    kept = [name for name in kept if ending(name) != ".js" or is_data(name)]
    viewers = tuple(name.removesuffix(_X_MANIFEST) + viewer for name in kept if name.endswith(_X_MANIFEST) for viewer in _X_VIEWER)
    return [name for name in kept if not name.startswith(viewers)]


def _inside(folder: Path) -> list[str]:
    """Files to read below `folder`, in the order of their names; archives among them are expanded."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    def is_data(name: str) -> bool:
        try:
            with (folder / name).open("rb") as file:
                return script_prefix(file.read(_HEAD)) > 0
        except OSError:  # reading it says so
            return True

    files = [str(folder / name) for name in _readable(names, is_data)]
    return [one for file in files for one in (_expand_archive(file) if ending(file) in _ARCHIVES else [file])]


def _is_archive(path: str) -> bool:
    """Whether a file is a zip or tar (packed or not) and no workbook."""
    try:
        stream = ByteStream(path)
    except SourceError:  # reading it says so
        return False
    head = stream.read(_HEAD)
    stream.close()
    if not is_archive_head(head):
        return False
    try:
        return all(member.name != WORKBOOK_PART for member in list_members(path))
    except SourceError:
        return True


def _members(path: str) -> tuple[list[str], list[str]]:
    """Paths of the members of an archive that are read, and of those that a password protects."""
    entries = {member.name: member for member in list_members(path)}

    def is_data(name: str) -> bool:
        if entries[name].locked:
            return True
        with MemberFile(f"{path}{MARK}{name}", path, name) as file:
            return script_prefix(file.read(_HEAD)) > 0

    kept = [entries[name] for name in _readable(list(entries), is_data)]
    open_ones, locked = [[f"{path}{MARK}{one.name}" for one in kept if one.locked is state] for state in (False, True)]
    return open_ones, locked


def _expand_archive(path: str) -> list[str]:
    """Members of the archive. The archive itself comes first when something in it cannot be read: reading it says what."""
    if not _is_archive(path):
        return [path]
    try:
        members, locked = _members(path)
    except SourceError:
        return [path]
    return members if members and not locked else [path, *members]


def archive_fault(path: str) -> SourceError:
    """Why an archive stands among the files to read instead of its members.

    Reasons: "encrypted" (with the number of members that a password protects), "nothing_readable", "not_expanded" (nothing is wrong with it, but
    it has not gone through `expand_paths`), and those of `list_members`.
    """
    try:
        members, locked = _members(path)
    except SourceError as error:
        return error
    if locked:
        return SourceError(reason="encrypted", path=path, count=len(locked))
    return SourceError(reason="not_expanded" if members else "nothing_readable", path=path)


def _expand(name: str) -> list[str]:
    if name == STDIN:
        return [STDIN]
    path = Path(name)
    if path.is_dir():
        files = _inside(path)
        if not files:
            raise SourceError(reason="nothing_readable", path=name, endings=list(ENDINGS))
        return files
    if path.is_file():
        return _expand_archive(name)
    if path.exists() or split_path(name) is not None:  # pipes and devices; members
        return [name]
    matches = sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []  # noqa: PTH207 - absolute patterns too
    files = [file for match in matches for file in (_inside(Path(match)) if Path(match).is_dir() else _expand_archive(match))]
    if not files:
        raise SourceError(reason="nothing_readable" if matches else "missing", path=name)
    return files


def expand_paths(args: Iterable[str]) -> list[str]:
    """Files named by files, folders (with all folders inside, known endings only), patterns and "-"; each file once, in the order given.

    The members of an archive (zip, tar, tar.gz, tar.zst) stand as `archive.zip!/folder/posts.csv` in its place.

    Raises SourceError: reason "missing" for what does not exist, "nothing_readable" for a folder without files of a known ending.
    """
    return list(dict.fromkeys(file for name in args for file in _expand(name)))
