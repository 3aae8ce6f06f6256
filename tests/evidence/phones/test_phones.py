"""The invented phones of `samples/phones`, read with the real readers and held to `expected.json`."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from andon.detection.campaigns.ties import contact_key
from andon.domain.times import JAPAN
from andon.evidence.chats.gaps.gap import gather
from andon.evidence.chats.gaps.registry import find_gaps
from andon.evidence.chats.matching import View
from andon.evidence.chats.merge import merge
from andon.evidence.chats.model import Counts
from andon.evidence.chats.registry import read_material
from andon.evidence.custody.material import Material
from andon.language.contacts import find_contacts

if TYPE_CHECKING:
    from andon.evidence.chats.gaps.gap import Talk

SAMPLES = Path(__file__).parents[3] / "samples"
PHONES = SAMPLES / "phones"
EXPECTED: dict[str, Any] = json.loads((PHONES / "expected.json").read_text(encoding="utf-8"))
NAMES = ("phone-a", "phone-b", "phone-c")


def path_of(name: str, folder: Path = PHONES) -> Path:
    """Where a phone lies."""
    return folder / (f"{name}.zip" if name == "phone-b" else name)


def read(name: str, folder: Path = PHONES) -> tuple[list[Talk], list[Counts]]:
    """Conversations and counts of a phone."""
    with Material(path_of(name, folder)) as material:
        items = list(read_material(material))
    return gather(items), [one for one in items if isinstance(one, Counts)]


def group(name: str, folder: Path = PHONES) -> Talk:
    """The group as a phone has it."""
    return next(talk for talk in read(name, folder)[0] if talk.conversation.key == EXPECTED["group"]["key"])


def made(folder: Path, day: str = "") -> None:
    """Run the maker."""
    subprocess.run([sys.executable, str(PHONES), str(folder), *([day] if day else [])], check=True, timeout=60)  # noqa: S603 - our own script


def test_the_maker_writes_the_same_bytes(tmp_path: Path) -> None:
    """What is committed is what the maker writes, byte for byte."""
    made(tmp_path)
    written = {one.relative_to(tmp_path): one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    assert len(written) == 7
    assert {name: (PHONES / name).read_bytes() for name in written} == written


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_went_in_came_out(name: str) -> None:
    """Each file's records, by what they are."""
    counts = read(name)[1]
    assert all(one.whole and not one.rejected and not one.unknown for one in counts)
    fields = ("file", "format", "records", "messages", "deleted", "service", "context")
    assert [{field: getattr(one, field) for field in fields} for one in counts] == EXPECTED["phones"][name]["files"]


@pytest.mark.parametrize("name", NAMES)
def test_conversations(name: str) -> None:
    """The conversations, how long they are, and how many take part."""
    found = [
        {"key": one.conversation.key, "title": one.conversation.title, "length": len(one.messages), "people": len(one.conversation.participants)}
        for one in read(name)[0]
    ]
    assert found == EXPECTED["phones"][name]["conversations"]


@pytest.mark.parametrize("name", NAMES)
def test_gaps(name: str) -> None:
    """Every gap with its strength and the messages beside it."""
    found = [
        {
            "code": one.code, "strength": str(one.strength), "conversation": one.conversation,
            "after": one.after.id if one.after else None, "before": one.before.id if one.before else None,
        }
        for one in find_gaps(read(name)[0])
    ]  # fmt: skip
    assert found == EXPECTED["phones"][name]["gaps"]


def test_the_group_of_three_phones() -> None:
    """Together they have what none of them has; where they differ is told."""
    entries, wanted = merge([View(name, group(name)) for name in NAMES]), EXPECTED["group"]
    assert len(entries) == wanted["entries"]
    there = {name: {entry.best.message.id for entry in entries for one in entry.sightings if one.phone == name} for name in NAMES}
    assert {name: len(ids) for name, ids in there.items()} == wanted["seen_by"]
    missing = {
        name: [entry.best.message.id for entry in entries for one in entry.differences if one.code == "not_on" and name in one.facts["phones"]]
        for name in NAMES
    }
    assert missing == wanted["not_on"]
    differing = [entry.best.message.id for entry in entries if any(one.code == "text_differs" for one in entry.differences)]
    assert differing == wanted["text_differs"]
    assert [str(number) for number in range(1, 50) if not any(str(number) in ids for ids in there.values())] == wanted["nowhere"]


def test_one_instructor_under_four_names() -> None:
    """Two names of one number, a name on Signal with its handle, a name on LINE."""
    names = set()
    for one in EXPECTED["instructor"]:
        talks = [talk for talk in read(one["phone"])[0] if talk.conversation.app == one["app"]]
        people = [person for talk in talks for person in talk.conversation.participants if person.name == one["name"]]
        assert any(person.key == one.get("key", person.key) and tuple(one.get("handle", ())) in {(), *person.handles} for person in people)
        names.add(one["name"])
    assert len(names) == 4


def test_the_robbery_is_planned_for_tomorrow() -> None:
    """The message names an hour of the day after it, another one on the phone that was read before the edit."""
    planned = EXPECTED["planned"]
    for name in ("phone-a", "phone-b"):
        message = next(one for one in group(name).messages if one.id == planned["message"])
        assert planned[name] in message.text
        assert message.sent_at is not None
        assert message.sent_at.astimezone(JAPAN).date() + timedelta(days=1) == date.fromisoformat(planned["at"][:10])
        assert (message.edited_at is not None) == (name == "phone-a")


def test_another_day_moves_every_time(tmp_path: Path) -> None:
    """For the demo of another day the same story is told of that day."""
    made(tmp_path, "2027-01-31")
    for name in NAMES:
        before, after = group(name).messages, group(name, tmp_path).messages
        assert [one.id for one in before] == [one.id for one in after]
        assert {two.sent_at - one.sent_at for one, two in zip(before, after, strict=True) if one.sent_at and two.sent_at} == {timedelta(days=70)}


def test_contacts_that_stand_in_posts_too() -> None:
    """The handles of the recruitment posts stand in the conversations that are named."""
    found: dict[str, set[str]] = {}
    for name in NAMES:
        for talk in read(name)[0]:
            for message in talk.messages:
                for one in find_contacts(message.text):
                    found.setdefault(contact_key(one.type, one.value) or "", set()).add(name)
    posts = (SAMPLES / "posts" / "x_flat.jsonl").read_text(encoding="utf-8")
    for key, phones in EXPECTED["in_posts"]["contacts"].items():
        assert found[contact_key(*key.split(":", 1)) or ""] == set(phones), key
        assert key.split(":", 1)[1] in posts
