"""A police unit, a case, and exhibits whose conversations are read: small invented ones, and the three phones of the samples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from andon.console.casework.actions.life import open_case
from andon.console.casework.actions.members import add_member
from andon.console.evidence.conversations.running import read_now
from andon.console.evidence.exhibits.actions.take_in import Said
from andon.console.evidence.exhibits.copying import take_in_now
from andon.console.gate import Actor, Via
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.casework.models import Case
    from andon.console.evidence.conversations.models import Conversation, Reading
    from andon.console.evidence.exhibits.models import Exhibit
    from andon.console.staff.models import Person, Unit

PHONES = Path(__file__).resolve().parents[3] / "samples" / "phones"
BEGIN = 1_731_000_000  # 2024-11-07 17:20 UTC


@pytest.fixture
def yuki(person: Callable[..., Person], police: Unit, case: Case, mori: Person) -> Person:
    """Reads the case, works not on it."""
    one = person("yuki", Role.INVESTIGATOR, unit=police, name="雪 三郎")
    add_member(Actor(mori, Via.SCREEN, fresh=True), case.pk, one.pk, "reader", ground="試験")
    return one


@pytest.fixture
def case(mori: Person) -> Case:
    """An open case that mori leads."""
    return open_case(Actor(mori, Via.SCREEN, fresh=True), "灯台", "general", ground="試験")


def _at(person: Person) -> Actor:
    """Somebody at a screen."""
    return Actor(person, Via.SCREEN, fresh=True)


def _chat(count: int, *, without: set[int] = frozenset(), name: str = "夜の連絡", **more: dict[int, dict[str, Any]]) -> dict[str, Any]:  # type: ignore[assignment]
    """A Telegram supergroup of messages 1 … count, a minute apart; `without` are numbers that are not there; `changed` by number."""
    changed = more.get("changed", {})
    rows = [
        {
            "id": number, "type": "message", "date": "2024-11-07T17:20:00", "date_unixtime": str(BEGIN + 60 * number), "from": f"話者{number % 3}",
            "from_id": f"user{100 + number % 3}", "text": f"{number} 番の発言", "text_entities": [{"type": "plain", "text": f"{number} 番の発言"}],
            **changed.get(number, {}),
        }
        for number in range(1, count + 1)
        if number not in without
    ]  # fmt: skip
    return {"name": name, "type": "private_supergroup", "id": 777, "messages": rows}


@pytest.fixture
def phones_folder() -> Path:
    """Where the samples of phones lie."""
    return PHONES


@pytest.fixture
def chat() -> Callable[..., dict[str, Any]]:
    """Make an export: `chat(40, without={11}, changed={5: {...}})`."""
    return _chat


@pytest.fixture
def take(mori: Person, case: Case, tmp_path: Path) -> Callable[..., Exhibit]:
    """Take an export in: `take(chat(40))`, or a path."""
    made = []

    def one(what: dict[str, Any] | Path, *, files: dict[str, bytes] | None = None, device: str = "端末") -> Exhibit:
        path = what
        if isinstance(what, dict):
            path = tmp_path / f"export{len(made)}"
            path.mkdir()
            (path / "result.json").write_text(json.dumps(what, ensure_ascii=False), "utf-8")
            for name, content in (files or {}).items():
                (path / name).parent.mkdir(parents=True, exist_ok=True)
                (path / name).write_bytes(content)
        made.append(path)
        return take_in_now(_at(mori), case, path, Said(title=f"品 {len(made)}", place="本部", how="複製", device=f"{device} {len(made)}"))

    return one


@pytest.fixture
def read(take: Callable[..., Exhibit], mori: Person) -> Callable[..., Reading]:
    """The same, and read it."""

    def one(what: Any, **more: Any) -> Reading:
        return read_now(_at(mori), take(what, **more))

    return one


@pytest.fixture
def talk(read: Callable[..., Reading]) -> Conversation:
    """A conversation of forty messages without numbers 11 to 14; one is edited, one answers what is gone, one holds a link in its text."""
    changed = {
        5: {"edited": "2024-11-07T17:30:00", "edited_unixtime": str(BEGIN + 900)},
        8: {"reply_to_message_id": 3},
        20: {"reply_to_message_id": 12},
        21: {"text": "<b>ﾃﾚｸﾞﾗﾑ</b>で連絡 <script>alert(1)</script>", "text_entities": []},
        30: {"photo": "photos/one.png", "text": "", "text_entities": []},
    }  # fmt: skip
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 40
    return read(_chat(40, without={11, 12, 13, 14}, changed=changed), files={"photos/one.png": png}).conversations.get()
