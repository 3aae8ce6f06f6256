"""The running desk: what `andon serve` checks and prepares, the web server, and the background worker beside it, both stopped together."""

from __future__ import annotations

import fcntl
import hashlib
import http.client
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from andon.console import start
from andon.console.environment import Environment
from andon.domain.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NEEDED = ("django", "granian", "allauth", "ninja")
THREADS = 8  # per process: a few that wait for SQLite's one writer must not keep readers out; each has its own connection and page cache
_LOCAL = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound; and how this machine reaches it
_STOP_SECONDS = 8
_MOST_WAIT = 30.0
_WELL_AFTER = 60.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the desk is served, and by how many processes."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2

    @property
    def is_open(self) -> bool:
        """Whether other machines could come here."""
        return self.host not in _LOCAL

    @property
    def address(self) -> str:
        """For a browser on this machine."""
        host = "localhost" if self.host in {*_LOCAL, *_EVERYWHERE} else self.host
        return f"http://{host}:{self.port}/"


def check_installed() -> None:
    """Raise SettingError where andon was installed without its desk."""
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        raise SettingError(name="andon[console]", reason="no_console")


def is_free(place: Place) -> bool:
    """Whether nothing listens there yet."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that a stopped server has just left is free
        try:
            one.bind((place.host, place.port))
        except OSError:
            return False
    return True


def first_free(place: Place, tries: int = 20) -> Place:
    """`place`, or the same with the next port that is free."""
    for port in range(place.port, place.port + tries):
        if is_free(other := Place(place.host, port, place.workers)):
            return other
    raise SettingError(name="--port", reason="port_taken", port=place.port)


def check_free(place: Place) -> None:
    """Raise SettingError where something else listens."""
    if not is_free(place):
        raise SettingError(name="--port", reason="port_taken", port=place.port)


def prepare(home: Path | None = None) -> None:
    """Everything before the first request: the home, tables, the key that signs the trail, static files."""
    start.setup(home)
    start.migrate()
    from andon.console.trail import checkpoints  # noqa: PLC0415 - Django is set up by now

    checkpoints.set_up()
    _collect_static()


def check_people() -> None:
    """Raise SettingError when nobody could sign in. After `prepare`."""
    from andon.console.staff.models import Person  # noqa: PLC0415 - Django is set up by now

    if not Person.objects.filter(is_active=True).exists():
        raise SettingError(name="andon people add", reason="nobody")


def serve(place: Place, when_ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C or TERM, with the background worker beside. `when_ready` is called when the first page has been answered."""
    from django.db import connections  # noqa: PLC0415 - Django is set up by now
    from granian.constants import Interfaces  # noqa: PLC0415 - an extra of the installation
    from granian.log import LogLevels  # noqa: PLC0415 - the same
    from granian.server import Server  # noqa: PLC0415 - the same

    _load_pages()
    connections.close_all()  # the processes of the server are forked from this one: a connection is nobody's to share
    is_ready = threading.Event()
    with only_here(Environment.read().home), _background_worker(is_ready):
        server = Server(
            "andon.console.wsgi:application", address=place.host, port=place.port, interface=Interfaces.WSGI, workers=place.workers,
            blocking_threads=THREADS, blocking_threads_idle_timeout=600, respawn_failed_workers=True, workers_kill_timeout=_STOP_SECONDS,
            log_level=LogLevels.error, websockets=False, process_name=None,
        )  # fmt: skip
        server.on_startup(threading.Thread(target=_tell_when_ready, args=(place, when_ready, is_ready), daemon=True).start)
        server.on_startup(partial(signal.signal, signal.SIGHUP, server.signal_handler_interrupt))  # the terminal was closed: stop, too
        server.serve(target_loader=partial(_application, os.getpid()), wrap_loader=False)


def _application(server: int) -> Callable[..., Iterable[bytes]]:
    """In each process of the server: the desk, with everything that the first request would wait for."""
    os.setpgrp()  # Ctrl-C is for the server, which stops its processes in order: two signals at once can lock one up
    threading.Thread(target=_end_with, args=(server,), daemon=True).start()
    from django.db import connections  # noqa: PLC0415 - loaded in the process that uses it

    from andon.console.intake.engine import in_use  # noqa: PLC0415 - the same
    from andon.console.wsgi import application  # noqa: PLC0415 - the same

    in_use()
    connections.close_all()  # each thread that answers has its own
    return application


def _end_with(server: int) -> None:
    while os.getppid() == server:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _load_pages() -> None:
    """Import everything that pages need, once, before the processes part: they share it."""
    from django.urls import get_resolver  # noqa: PLC0415 - Django is set up by now

    _ = get_resolver().url_patterns


@contextmanager
def only_here(home: Path) -> Iterator[None]:
    """Hold the home for one server: a second one would take up the first one's unfinished work. Raises SettingError when it is held."""
    with (home / "serve.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SettingError(name="ANDON_HOME", reason="home_served", path=home) from None
        yield


@contextmanager
def _background_worker(may_start: threading.Event) -> Iterator[None]:
    """Keep a worker process running, from `may_start` on: pages come first. One that dies is started anew, after longer and longer waits."""
    stopping = threading.Event()
    running: list[subprocess.Popen[bytes]] = []
    keeper = threading.Thread(target=_keep_running, args=(may_start, stopping, running), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        may_start.set()
        for _ in range(2):  # once more for one that was being started at that moment
            for one in running:
                _stop(one)
            keeper.join(_STOP_SECONDS)


def _keep_running(may_start: threading.Event, stopping: threading.Event, running: list[subprocess.Popen[bytes]]) -> None:
    may_start.wait()
    wait = 0.5
    while not stopping.is_set():
        # Its standard input is a pipe from here: when this process is gone, however it went, the worker reads the end of it and stops.
        # In a session of its own: Ctrl-C is for this process, which stops the worker in order.
        one = subprocess.Popen([sys.executable, "-m", "andon.console.worker"], stdin=subprocess.PIPE, start_new_session=True)
        running[:] = [one]
        wait = 0.5 if _lived_well(one) else min(wait * 2, _MOST_WAIT)
        stopping.wait(wait)


def _lived_well(one: subprocess.Popen[bytes]) -> bool:
    """Wait for its end; whether that took a while."""
    try:
        one.wait(_WELL_AFTER)
    except subprocess.TimeoutExpired:
        one.wait()
        return True
    return False


def _stop(one: subprocess.Popen[bytes]) -> None:
    """First as a request (it ends the work in hand), then as an order, then by force. Unfinished work is taken up at the next start."""
    for act in (one.terminate, one.terminate, one.kill):
        with suppress(subprocess.TimeoutExpired):
            act()
            one.wait(_STOP_SECONDS / 2)
            break
    if one.stdin is not None:
        one.stdin.close()


def _tell_when_ready(place: Place, when_ready: Callable[[], None], is_ready: threading.Event) -> None:
    """Ask how the desk is until it answers."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now

    host = _EVERYWHERE.get(place.host, place.host)
    for _ in range(600):
        asked = http.client.HTTPConnection(host, place.port, timeout=30)
        try:
            asked.request("GET", "/health/", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".")})
            asked.getresponse().read()
        except OSError:
            time.sleep(0.1)
            continue
        finally:
            asked.close()
        when_ready()
        break
    is_ready.set()


def _collect_static() -> None:
    """Copy and compress the static files into the home, unless they are the same as at the last start."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 - the same
    from django.core.management import call_command  # noqa: PLC0415 - the same

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT / ".collected"
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    # django-htmx brings copies of scripts that we vendor ourselves, some in parts that name files which are not there.
    call_command("collectstatic", interactive=False, clear=False, ignore_patterns=["django_htmx"], verbosity=0)
    stamp.write_text(digest.hexdigest())
