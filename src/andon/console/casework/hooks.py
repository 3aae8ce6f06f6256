"""Where other apps have a say in what becomes of a case: functions called inside the verb's transaction; who objects raises Refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person

MAY_CLOSE: list[Callable[[Case, datetime], None]] = []
MAY_ADMIT: list[Callable[[Case, Person, str, datetime], None]] = []  # case, person, role
MAY_END: list[Callable[[Case, Person, str, datetime], None]] = []
