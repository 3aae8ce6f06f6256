"""Talking to a browser over a pipe (its DevTools protocol: JSON messages, each ended by a zero byte). No port is opened for it."""

from __future__ import annotations

import json
import os
import select
from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from andon.console.outside.deadline import Deadline

_STEP = 1 << 20
_MOST = 1 << 27  # bytes of one message: a picture of the longest page is far below


class PipeBroken(Exception):  # noqa: N818 - what happened
    """The browser has gone, or says what nobody understands."""


class Pipe:
    """Commands out, answers and events in."""

    def __init__(self, out: int, back: int, deadline: Deadline) -> None:
        self._out, self._back, self._deadline = out, back, deadline
        self._number, self._session = 0, ""
        self._got = bytearray()
        self._events: deque[dict[str, Any]] = deque(maxlen=10_000)

    def into(self, session: str) -> None:
        """From here on the commands are for this page."""
        self._session = session

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command, wait for its answer. Raises PipeBroken for an error, Unreachable when the time is over."""
        number = self.send(method, **parameters)
        while True:
            message = self._message()
            if message.get("id") == number:
                if "error" in message:
                    raise PipeBroken(method, message["error"].get("message"))
                result: dict[str, Any] = message.get("result", {})
                return result
            self._events.append(message)

    def send(self, method: str, **parameters: object) -> int:
        """Send a command without waiting."""
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        try:
            os.write(self._out, json.dumps(message).encode() + b"\0")
        except OSError as error:
            raise PipeBroken(method) from error
        return self._number

    def event(self, seconds: float) -> dict[str, Any] | None:
        """The next event that is there or comes within `seconds`."""
        if self._events:
            return self._events.popleft()
        return self._message(seconds) if self._is_ready(self._deadline.left(seconds)) else None

    def _is_ready(self, seconds: float) -> bool:
        return b"\0" in self._got or bool(select.select([self._back], [], [], seconds)[0])

    def _message(self, seconds: float | None = None) -> dict[str, Any]:
        end = -1
        while (end := self._got.find(b"\0", max(0, end))) < 0:
            if not select.select([self._back], [], [], self._deadline.left(seconds))[0]:
                self._deadline.left()
                return {}
            end = len(self._got)
            part = os.read(self._back, _STEP)
            self._got += part
            if not part or len(self._got) > _MOST:
                raise PipeBroken(len(self._got))
        line = bytes(self._got[:end])
        del self._got[: end + 1]
        try:
            message: dict[str, Any] = json.loads(line)
        except ValueError as error:
            raise PipeBroken(len(line)) from error
        return message
