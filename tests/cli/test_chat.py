"""`andon chat`: what it shows, writes and refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from andon.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

CHAT = (
    '{"name": "仕事", "type": "private_group", "id": 1, "messages": [{"id": 1, "type": "message", "date": "2026-11-19T20:58:00", "from": "ボス", "from_id": "user1", '
    '"text": "明日10時"}, {"id": 2, "type": "service", "date_unixtime": "1795089480", "actor": "ボス", "actor_id": "user1", "action": "set_messages_ttl", "period": 60}]}'
)  # fmt: skip


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export in a folder of its own."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "result.json").write_text(CHAT, encoding="utf-8")
    return tmp_path / "in" / "result.json"


def run(*given: object) -> tuple[int, str]:
    """Exit status and what was printed."""
    result = CliRunner().invoke(main, ["chat", *map(str, given)])
    return result.exit_code, result.output


@pytest.mark.parametrize(("lang", "said"), [("ja", "記録 2 = メッセージ 1"), ("en", "2 records = 1 messages")])
def test_counts_are_shown(export: Path, lang: str, said: str) -> None:
    """What went in and came out, the conversation, and the zone that was assumed."""
    status, text = run(export, "--lang", lang)
    assert status == 0
    assert said in text
    assert "telegram:1" in text
    assert "Asia/Tokyo" in text


def test_json_lines_hold_everything(export: Path, tmp_path: Path) -> None:
    """One line per item, with places that name the bytes."""
    (tmp_path / "out").mkdir()
    status, _ = run(export, "--out", tmp_path / "out" / "a.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out" / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert status == 0
    assert [one["type"] for one in lines] == ["conversation", "message", "message", "conversation", "counts"]
    place = lines[1]["place"]
    assert "明日10時" in export.read_bytes()[place["offset"] : place["offset"] + place["length"]].decode()


def test_parquet_holds_the_messages(export: Path, tmp_path: Path) -> None:
    """Messages as columns; conversations and counts beside them."""
    (tmp_path / "out").mkdir()
    run(export, "--out", tmp_path / "out" / "a.parquet")
    table = pq.read_table(tmp_path / "out" / "a.parquet")
    assert table.column("text").to_pylist() == ["明日10時", ""]
    assert table.column("event").to_pylist() == [None, "timer"]
    assert (tmp_path / "out" / "a.context.jsonl").read_text(encoding="utf-8").count("\n") == 3


def test_a_page_shows_zone_and_place(export: Path, tmp_path: Path) -> None:
    """The page marks assumed times and names file and offset."""
    (tmp_path / "out").mkdir()
    run(export, "--out", tmp_path / "out" / "a.html")
    text = (tmp_path / "out" / "a.html").read_text(encoding="utf-8")
    assert "2026-11-19 20:58:00 (Asia/Tokyo?)" in text
    assert "result.json" in text


def test_nothing_is_written_beside_the_original(export: Path) -> None:
    """A result in the folder of the original is refused."""
    status, text = run(export, "--out", export.parent / "a.jsonl", "--lang", "en")
    assert status == 2
    assert "another folder" in text
    assert [path.name for path in export.parent.iterdir()] == ["result.json"]


def test_rejected_records_have_their_exit_status(export: Path) -> None:
    """A damaged record is counted, named and told by the exit status."""
    export.write_text(CHAT[:-40], encoding="utf-8")
    status, text = run(export, "--lang", "en")
    assert status == 3
    assert "ends in the middle" in text


@pytest.mark.parametrize(("given", "said"), [(["--zone", "Asia/Nowhere"], "time zone"), (["--out", "x.docx"], "x.docx")])
def test_what_makes_no_sense_is_refused(export: Path, given: list[str], said: str) -> None:
    """Unknown zones and endings stop before anything is read."""
    status, text = run(export, "--lang", "en", *given)
    assert status == 2
    assert said in text


def test_no_chat_is_said(tmp_path: Path) -> None:
    """A file that is no conversation is said to be none."""
    (tmp_path / "a.bin").write_bytes(b"\x00\x01")
    status, text = run(tmp_path / "a.bin", "--lang", "en")
    assert status == 2
    assert "no conversation" in text


def test_json_summary(export: Path) -> None:
    """Counts, conversations and findings as one value."""
    status, text = run(export, "--json")
    value = json.loads(text[text.index("{") : text.rindex("}") + 1])
    assert status == 0
    assert value["files"][0]["whole"] is True
    assert value["conversations"][0]["messages"] == 2


@pytest.mark.parametrize(("lang", "said"), [("ja", "3 番から 4 番までの 2 件"), ("en", "Numbers 3 to 4 (2)")])
def test_gaps_are_listed(export: Path, lang: str, said: str) -> None:
    """A hole in a group's own numbers is told with the messages around it; without a hole nothing is claimed."""
    text = (
        CHAT.removesuffix("]}")
        + ', {"id": 5, "type": "message", "date": "2026-11-19T21:10:00", "from": "ボス", "from_id": "user1", "text": "了解"}]}'
    )
    export.write_text(text.replace("private_group", "private_supergroup"), encoding="utf-8")
    shown = run(export, "--gaps", "--lang", lang)[1]
    assert said in " ".join(shown.split())
    assert said not in " ".join(run(export, "--lang", lang)[1].split())
    found = json.loads(run(export, "--gaps", "--json")[1])["gaps"]
    assert [(gap["kind"], gap["after"]["id"], gap["before"]["id"]) for gap in found if gap["kind"].startswith("numbers")] == [
        ("numbers_chat", "2", "5")
    ]
