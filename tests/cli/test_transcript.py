"""`andon transcript` and `andon merge`: what they write, say and refuse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from andon.cli.main import main
from andon.evidence.custody.intake import Taking, take_in

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ("明日の集合", "了解です", "場所は新宿", "荷物は駅", "午後九時", "遅れるな", "わかりました")


def export(folder: Path, *, chats: int = 1, without: int | None = None, title: str = "深夜便") -> Path:
    """An export in a folder of its own."""
    folder.mkdir(parents=True)
    talks = [
        {"name": title if at == 0 else f"別{at}", "type": "private_group", "id": at + 1, "messages": [
            {"id": seq + 1, "type": "message", "date_unixtime": str(1795089480 + seq * 61 + at), "from": f"名{seq % 2}", "from_id": f"user{seq % 2}", "text": text if at == 0 else f"{text}{at}"}
            for seq, text in enumerate(TEXTS) if seq != without]}
        for at in range(chats)
    ]  # fmt: skip
    content = talks[0] if chats == 1 else {"about": "", "chats": {"list": talks}}
    (folder / "result.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder / "result.json"


def run(*given: object) -> tuple[int, str]:
    """Exit status and what was printed."""
    result = CliRunner().invoke(main, list(map(str, given)))
    return result.exit_code, result.output


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.mark.parametrize(("name", "begin"), [("a.html", b"<!DOCTYPE html>"), ("a.pdf", b"%PDF-"), ("a.docx", b"PK")])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_transcript_is_written(tmp_path: Path, out: Path, name: str, begin: bytes, lang: str) -> None:
    """In every form and both languages; the line on stderr says how many lines."""
    status, text = run("transcript", export(tmp_path / "in"), "--out", out / name, "--lang", lang, "--by", "山田")
    assert status == 0, text
    assert (out / name).read_bytes().startswith(begin)
    assert "7 行" in text if lang == "ja" else "7 lines" in text
    assert [path.name for path in out.iterdir()] == [name]


def test_range_conversation_and_footnotes(tmp_path: Path, out: Path) -> None:
    """Only what was asked for, said in the head, footnoted to the exhibit named."""
    path = export(tmp_path / "in", chats=2)
    since = "2026-11-19T20:59:00"  # 1795089480 is 2026-11-19 20:58:00 in Japan
    status, text = run("transcript", path, "--out", out / "a.html", "--conversation", "2", "--since", since, "--until", "2026-11-19T21:02+09:00", "--exhibit", "E77", "--case", "C1", "--lang", "ja")
    assert status == 0, text
    page = (out / "a.html").read_text(encoding="utf-8")
    assert "了解です1" in page
    assert "明日の集合1" not in page
    assert "わかりました1" not in page
    assert "E77　result.json　位置" in page
    assert "指定 2026-11-19 20:59:00 JST" in page


def test_exhibit_of_a_store_is_named_with_its_facts(tmp_path: Path, out: Path) -> None:
    """PATH is then its id."""
    take_in(tmp_path / "room" / "store", export(tmp_path / "in"), Taking("山田", "本部", "領置", title="黒猫の端末", number="証31"))
    status, text = run("transcript", "E0001", "--store", tmp_path / "room" / "store", "--out", out / "a.html", "--lang", "ja")
    assert status == 0, text
    page = (out / "a.html").read_text(encoding="utf-8")
    assert "E0001 · 黒猫の端末 · 証31" in page
    assert "E0001　result.json" in page


@pytest.mark.parametrize(("options", "said"), [
    (("--conversation", "zzz"), "会話 zzz はありません"), ((), "--conversation に鍵または番号"), (("--since", "昨日"), "昨日 は日時として読めません"),
    (("--zone", "Mars/Olympus"), "Mars/Olympus"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_with_a_sentence(tmp_path: Path, out: Path, options: tuple[str, ...], said: str) -> None:
    """Exit status 2, nothing written."""
    status, text = run("transcript", export(tmp_path / "in", chats=2), "--out", out / "a.html", "--lang", "ja", *options)
    assert status == 2
    assert said in text
    assert list(out.iterdir()) == []


def test_other_ending_and_the_originals_folder_are_refused(tmp_path: Path, out: Path) -> None:
    """Before anything is read."""
    path = export(tmp_path / "in")
    assert run("transcript", path, "--out", out / "a.txt")[0] == 2
    assert run("transcript", path, "--out", path.parent / "a.html")[0] == 2
    assert [one.name for one in path.parent.iterdir()] == ["result.json"]


def test_file_without_conversation_is_refused(tmp_path: Path, out: Path) -> None:
    """With the sentence of `andon chat`."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("買い物メモ", encoding="utf-8")
    status, text = run("transcript", tmp_path / "in" / "a.txt", "--out", out / "a.html", "--lang", "ja")
    assert status == 2
    assert "知っている形式の会話がありません" in text


def test_the_only_likely_pair_is_merged(tmp_path: Path, out: Path) -> None:
    """Which one is said, and how many messages differ."""
    first, second = export(tmp_path / "a", chats=3), export(tmp_path / "b", without=3)
    status, text = run("merge", first, second, "--label", "黒猫", "--label", "運び屋", "--out", out / "m.html", "--lang", "ja")
    assert status == 0, text
    assert "統合する会話: 黒猫 [telegram:1] 深夜便" in text
    assert "7 件に統合" in text
    page = (out / "m.html").read_text(encoding="utf-8")
    assert "運び屋 にはありません。" in page
    assert page.count("黒猫 (result.json)") == 7


def test_undecided_merger_lists_candidates(tmp_path: Path, out: Path) -> None:
    """Two conversations of one phone are equally likely: a person names them."""
    first, second = export(tmp_path / "a"), export(tmp_path / "b")
    both = json.loads(second.read_text(encoding="utf-8"))
    second.write_text(json.dumps({"about": "", "chats": {"list": [both, both | {"id": 9, "name": "写し"}]}}, ensure_ascii=False), encoding="utf-8")
    status, text = run("merge", first, second, "--out", out / "m.html", "--lang", "ja")
    assert status == 2
    assert "100%" in text
    assert "写し" in text
    status, text = run("merge", first, second, "--out", out / "m.html", "--lang", "en", "--conversation", "telegram:1", "--conversation", "telegram:9")
    assert status == 0, text
    assert "merging" in text
    assert run("merge", first, second, "--out", out / "m.html", "--conversation", "telegram:1", "--conversation", "zzz")[0] == 2


def test_one_phone_is_no_merger(tmp_path: Path, out: Path) -> None:
    """Exit status 2."""
    status, text = run("merge", export(tmp_path / "a"), "--out", out / "m.html", "--lang", "ja")
    assert status == 2
    assert "二つ以上" in text
