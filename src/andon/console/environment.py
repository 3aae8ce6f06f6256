"""Every setting that the desk takes from the environment, read in one place, typed, and refused at the start when it is wrong."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import unquote, urlsplit

from andon.domain.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Mapping

class _Outside(TypedDict):
    mail: str
    mail_from: str
    stamps: str
    stamp_roots: str
    contact: str
    may_reach: tuple[str, ...]
    visits_agree: int
    visits_apart: int
    undo_seconds: int
    dwellings: str
    take_in: str


_SECRET_FILE = "secret-key"  # noqa: S105 - a file's name
_YES, _NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one installation.

    `home` holds the database (unless `database` names a PostgreSQL server), uploads, models, keys and checkpoints. `demo` allows signing in without a
    second factor and shows the demo's sign-in on the first page; it is refused together with `public`, which says that the desk is reached over
    HTTPS by other machines. `mail` is the address of the SMTP server (smtp://, smtps:// or smtp+starttls://, with name and password), `mail_from`
    the desk's own address; `stamps` that of a time-stamping authority (RFC 3161) whose certificates lie in `stamp_roots`. `contact` is told to the
    servers that are looked at. `may_reach` lists host:port pairs of this network that fetching may reach all the same; nothing private otherwise.
    `visits_agree` looks, at least `visits_apart` seconds from each other, must find nothing before a post counts as gone. `dwellings` is a list of
    addresses where people live (CSV), which invented addresses are compared with. `take_in` is a folder whose entries are offered to be taken in as
    exhibits.
    """

    home: Path
    secret_key: str
    database: str
    hosts: tuple[str, ...]
    demo: bool
    public: bool
    mail: str = ""
    mail_from: str = ""
    stamps: str = ""
    stamp_roots: str = ""
    contact: str = ""
    may_reach: tuple[str, ...] = ()
    visits_agree: int = 2
    visits_apart: int = 3600
    undo_seconds: int = 60
    dwellings: str = ""
    take_in: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str] = os.environ) -> Environment:
        """The settings in `given`. Raises SettingError for a value that makes no sense."""
        home = Path(given.get("ANDON_HOME") or "var").absolute()
        demo, public = _flag(given, "ANDON_DEMO"), _flag(given, "ANDON_PUBLIC")
        if demo and public:
            raise SettingError(name="ANDON_DEMO", reason="demo_public")
        database = given.get("ANDON_DATABASE_URL", "")
        if database and urlsplit(database).scheme not in ("postgres", "postgresql"):
            raise SettingError(name="ANDON_DATABASE_URL", reason="database")
        hosts = tuple(host.strip() for host in given.get("ANDON_HOSTS", "").split(",") if host.strip())
        if public and not hosts:
            raise SettingError(name="ANDON_HOSTS", reason="hosts")
        return cls(
            home, given.get("ANDON_SECRET_KEY") or _stored_secret(home), database, hosts or ("localhost", "127.0.0.1", "[::1]"), demo, public,
            **_outside(given),
        )  # fmt: skip

    def django_database(self) -> dict[str, object]:
        """The entry of Django's DATABASES: SQLite with a write-ahead log in `home`, or the PostgreSQL server of the address given."""
        if not self.database:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": self.home / "andon.sqlite3",
                "CONN_MAX_AGE": None,
                # IMMEDIATE takes the write lock at BEGIN: of 1,200 read-then-write transactions by four processes none failed; DEFERRED lost 881.
                "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": _SQLITE},
            }
        parts = urlsplit(self.database)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")), "USER": unquote(parts.username or ""), "PASSWORD": unquote(parts.password or ""),
            "HOST": _host(parts.netloc), "PORT": str(parts.port or ""), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True,
        }  # fmt: skip


_SQLITE = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456; PRAGMA journal_size_limit=67108864; "
    "PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
)


def _host(netloc: str) -> str:
    """The server's name or the folder of its socket, in the case it was given in (`urlsplit` lowers it, and folders have capitals)."""
    place = netloc.rpartition("@")[2]
    return unquote(place[1:].partition("]")[0] if place.startswith("[") else place.partition(":")[0])


def _outside(given: Mapping[str, str]) -> _Outside:
    """What the desk needs to reach others. Raises SettingError for an address of another kind and for a list that is not there."""
    mail, stamps = given.get("ANDON_MAIL_URL", ""), given.get("ANDON_STAMP_URL", "")
    if mail and (urlsplit(mail).scheme not in ("smtp", "smtps", "smtp+starttls") or not given.get("ANDON_MAIL_FROM")):
        raise SettingError(name="ANDON_MAIL_URL", reason="mail")
    if stamps and (urlsplit(stamps).scheme not in ("http", "https") or not given.get("ANDON_STAMP_ROOTS")):
        raise SettingError(name="ANDON_STAMP_URL", reason="stamps")
    dwellings = given.get("ANDON_DWELLINGS", "")
    if dwellings and not Path(dwellings).is_file():
        raise SettingError(name="ANDON_DWELLINGS", reason="dwellings")
    take_in = given.get("ANDON_TAKE_IN", "")
    if take_in and not Path(take_in).is_dir():
        raise SettingError(name="ANDON_TAKE_IN", reason="take_in")
    reach = tuple(one.strip() for one in given.get("ANDON_MAY_REACH", "").split(",") if one.strip())
    return _Outside(
        mail=mail, mail_from=given.get("ANDON_MAIL_FROM", ""), stamps=stamps, stamp_roots=given.get("ANDON_STAMP_ROOTS", ""),
        contact=given.get("ANDON_CONTACT", ""), may_reach=reach, visits_agree=_number(given, "ANDON_VISITS_AGREE", 2, least=1),
        visits_apart=_number(given, "ANDON_VISITS_APART", 3600, least=0), undo_seconds=_number(given, "ANDON_UNDO_SECONDS", 60, least=0),
        dwellings=dwellings, take_in=take_in,
    )  # fmt: skip


def _number(given: Mapping[str, str], name: str, usual: int, *, least: int) -> int:
    value = given.get(name, "").strip() or str(usual)
    if not (value.isascii() and value.isdecimal() and least <= int(value)):
        raise SettingError(name=name, reason="number")
    return int(value)


def _flag(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "").strip().lower()
    if value not in _YES | _NO:
        raise SettingError(name=name, reason="flag")
    return value in _YES


def _stored_secret(home: Path) -> str:
    """The installation's own key; where none was made yet, one that lasts as long as this process (`make_home` writes it)."""
    file = home / _SECRET_FILE
    return file.read_text(encoding="ascii") if file.is_file() else secrets.token_urlsafe(48)


def make_home(home: Path) -> None:
    """Make the folder of an installation, readable by its owner only, with a secret key of its own. What is there stays."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = home / _SECRET_FILE
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(48))
