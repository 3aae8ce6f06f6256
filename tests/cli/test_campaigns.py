"""`andon campaigns`: tables and records in both languages, batches into one book, judgements, and what is refused."""

from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from click.testing import CliRunner

from andon.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

LURE = "【急募】日給{pay}万円！{place}で荷物を運ぶだけの簡単なお仕事です 詳細はテレグラム {contact} まで"


def flagged(number: int, text: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"p{number}", "source": "x_api", "url": f"https://example.invalid/{number}", "author": f"user{number}", "text": text, "level": "high", "score": 0.9,
        "created_at": f"2026-10-0{number + 1}T20:00:00+00:00", "kinds": ["transport"], "reasons": [], "contacts": [], "pay": None, "missing_items": [], **more,
    }  # fmt: skip


RECORDS = [
    flagged(0, LURE.format(pay=5, place="東京", contact="carry_boss1")),
    flagged(1, LURE.format(pay=8, place="大阪", contact="carry_boss2")),
    flagged(2, "海外リゾートで電話対応のお仕事、渡航費と滞在費は当方で負担いたします"),
]


@pytest.fixture
def found(tmp_path: Path) -> Path:
    place = tmp_path / "flagged.jsonl"
    place.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in RECORDS))
    return place


def run(*arguments: object, code: int = 0) -> Any:
    result = CliRunner().invoke(main, ["campaigns", *map(str, arguments)], env={"COLUMNS": "120"})
    assert result.exit_code == code, result.output
    return result


@pytest.mark.parametrize(("lang", "words"), [("ja", ["投稿 2 件", "5万円｜8万円›", "東京｜大阪›", "文面 1", "2026-10-02"]), ("en", ["2 posts, 2 accounts", "5万円｜8万円›", "wording 1", "2 of 3 flagged posts"])])
def test_the_table(found: Path, lang: str, words: list[str]) -> None:
    """Template with slots, size, spread in Japan's time, ties and counts, in both languages."""
    flat = run(found, "--lang", lang).output.replace("│", "").replace("\n", "")
    squeezed = flat.replace(" ", "")
    for word in words:
        assert word.replace(" ", "") in squeezed


def test_records(found: Path) -> None:
    """One JSON object per campaign: members with their ties, slots with their values."""
    (one,) = [orjson.loads(line) for line in run(found, "--json").stdout.splitlines()]
    assert (one["campaign"], one["posts"], one["accounts"], one["level"]) == ("x_api:p0", 2, 2, "high")
    assert [member["id"] for member in one["members"]] == ["p0", "p1"]
    assert one["members"][0]["tie"] is None
    assert one["members"][1]["tie"]["ground"] == "wording"
    assert {part["slot"] for part in one["template"] if "slot" in part} >= {"pay", "place"}
    assert one["days"] == {"2026-10-02": 1, "2026-10-03": 1}


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_out(found: Path, tmp_path: Path, ending: str) -> None:
    """All campaigns as records, or one row per post for spreadsheets."""
    out = tmp_path / f"campaigns.{ending}"
    run(found, "--out", out)
    if ending == "jsonl":
        assert orjson.loads(out.read_bytes())["posts"] == 2
    else:
        rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
        assert [(row["campaign"], row["id"], row["ground"]) for row in rows] == [("x_api:p0", "p0", ""), ("x_api:p0", "p1", "wording")]


def test_batches_join_and_judgements_stay(found: Path, tmp_path: Path) -> None:
    """A second batch joins the campaign of the first; parted posts stay apart in every later run."""
    book = tmp_path / "book.sqlite"
    run(found, "--state", book)
    more = tmp_path / "more.jsonl.gz"
    more.write_bytes(gzip.compress(orjson.dumps(flagged(3, LURE.format(pay=6, place="福岡", contact="carry_boss7"))) + b"\n"))
    (one,) = [orjson.loads(line) for line in run(more, "--state", book, "--json").stdout.splitlines()]
    assert one["posts"] == 3
    (one,) = [orjson.loads(line) for line in run("--state", book, "--different", "p0", "p1", "--by", "佐藤", "--json").stdout.splitlines()]
    assert one["posts"] == 2
    again = run(found, more, "--state", book, "--json")
    (one,) = [orjson.loads(line) for line in again.stdout.splitlines()]
    assert one["posts"] == 2
    assert "4" in again.stderr
    (one,) = [orjson.loads(line) for line in run("--state", book, "--same", "p0", "https://example.invalid/1", "--by", "鈴木", "--json").stdout.splitlines()]
    assert one["posts"] == 3


def test_what_scan_writes_is_read(tmp_path: Path) -> None:
    """JSON lines, CSV and Parquet of one scan give the same campaigns."""
    posts = tmp_path / "posts.jsonl"
    texts = [LURE.format(pay=pay, place=place, contact="@boss_0000") + " 受け子 出し子 即日即金" for pay, place in ((5, "東京"), (8, "大阪"), (9, "福岡"))]
    posts.write_bytes(b"".join(orjson.dumps({"id": str(k), "text": text, "created_at": "2026-10-01T00:00:00Z"}) + b"\n" for k, text in enumerate(texts)))
    results = []
    for ending in ("jsonl", "csv", "parquet"):
        out = tmp_path / f"out.{ending}"
        assert CliRunner().invoke(main, ["scan", str(posts), "--out", str(out)]).exit_code == 0
        results.append(run(out, "--json").stdout)
    assert orjson.loads(results[0])["posts"] == 3
    assert results[0] == results[1] == results[2]
    whole = CliRunner().invoke(main, ["scan", str(posts), "--campaigns", "--json"])
    assert orjson.loads(whole.stdout)["posts"] == 3


def test_bad_rows_are_told(tmp_path: Path) -> None:
    """Broken lines and records without text or id are counted, the good ones grouped, and the exit status says so."""
    place = tmp_path / "flagged.jsonl"
    place.write_bytes(b"".join([orjson.dumps(RECORDS[0]), b"\n{broken\n", orjson.dumps({"id": "x"}), b"\n[1]\n", orjson.dumps(RECORDS[1]), b"\n"]))
    result = run(place, "--lang", "en", "--json", code=3)
    assert orjson.loads(result.stdout)["posts"] == 2
    for sentence in ("3 rows could not be read", "flagged.jsonl:2  not JSON", "no text", "not a record"):
        assert sentence in result.stderr


def test_nothing_to_group(tmp_path: Path) -> None:
    """Posts that all stand alone are said to, and an empty file is no error."""
    place = tmp_path / "flagged.jsonl"
    place.write_bytes(orjson.dumps(RECORDS[2]) + b"\n")
    assert "1 stand alone" in run(place, "--lang", "en").stderr
    place.write_bytes(b"")
    assert "0 of 0" in run(place, "--lang", "en").stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("{table}",), "is no result of andon scan"),
        ((), "Name files of flagged posts"),
        (("--state", "{folder}/none.sqlite"), "There is no book"),
        (("{found}", "--same", "p0", "p1", "--by", "佐藤"), "need --state"),
        (("{found}", "--state", "{folder}/b.sqlite", "--same", "p0", "p1"), "who decided"),
        (("{found}", "--state", "{folder}/b.sqlite", "--same", "p0", "p9", "--by", "佐藤"), "no post p9"),
        (("{found}", "--out", "{folder}/x.txt"), "end in .jsonl or .csv"),
        (("{found}", "--state", "{found}"), "no book of campaigns"),
        (("{folder}/absent.jsonl",), "does not exist"),
    ],
)
def test_refusals(found: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    """One sentence and exit status 2 for what cannot be done, before anything is written."""
    table = tmp_path / "table.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    given = [one.format(found=found, folder=tmp_path, table=table) for one in arguments]
    assert sentence in run(*given, "--lang", "en", code=2).stderr
    assert all(not one.endswith("table.csv") or one in run(*given, code=2).stderr for one in given)
