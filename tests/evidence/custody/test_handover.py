"""The package for hand-over, checked by other means than those that wrote it."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from click.testing import CliRunner

from andon.cli.exhibit import COMMAND
from andon.domain.errors import EvidenceError
from andon.evidence.custody import acts, log
from andon.evidence.custody.bag import check_bag, making
from andon.evidence.custody.handover import hand_over
from andon.evidence.custody.intake import Taking, take_in
from andon.evidence.custody.store import Store
from andon.evidence.custody.verify import verify

from .conftest import state_of

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "21:03\t黒猫\t集合は十時\n".encode()
HEADING = ("exhibit", "origin", "name", "sha256", "size", "at", "by", "made_by", "disclosable", "reason")
WORDS = {"yes": "可", "no": "不可", "undecided": "未定", "original": "原本", "derived": "派生物"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A folder with names that trip others, of which one file is withheld, and an exhibit of another case."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    for name in ("sub/chat.txt", "100%.txt", "a%0Ab.txt", "=cmd().csv", "写真　一.jpg"):
        (folder / name).write_bytes(TEXT + name.encode())
    (folder / "line\nbreak.txt").write_bytes(b"x")
    (tmp_path / "kept").mkdir()
    where = tmp_path / "kept" / "store"
    take_in(where, folder, Taking("山田", "新宿署", "任意提出", title="端末", number="令8-12", is_disclosable=True))
    take_in(where, folder / "sub" / "chat.txt", Taking("佐藤", "渋谷署", "別件の押収", title="秘密の別件"))
    kept = Store(where)
    withheld = next(one.sha256 for one in kept.manifest("E0001").files if one.name == "100%.txt")
    acts.mark(kept, "E0001", by="山田", sha256=withheld, is_disclosable=False, why="第三者の個人情報")
    acts.derive(kept, "E0001", [b"<p>"], name="../書起し.html", by="山田", sources=("sub/chat.txt",), parameters={"zone": "Asia/Tokyo"})
    acts.transfer(kept, "E0001", giver="山田", taker="鈴木", place="本部", how="手渡し")
    return kept


def handed(store: Store, target: Path, **more: Any) -> log.Anchor:
    return hand_over(store, ["E0001"], target, by="鈴木", to="検察庁", heading=HEADING, words=WORDS, **more)


def independent_check(folder: Path) -> set[str]:
    """RFC 8493 read anew: every line of every manifest, every file under data/, the oxum; the payload names."""
    assert (folder / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    payload = {(Path(at) / name).relative_to(folder).as_posix() for at, _, names in os.walk(folder / "data") for name in names}
    for algorithm in ("sha256", "sha512"):
        for kind, wanted in (("manifest", payload), ("tagmanifest", None)):
            seen = set()
            for line in (folder / f"{kind}-{algorithm}.txt").read_bytes().decode("utf-8").splitlines():
                code, name = line.split(None, 1)
                name = name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
                assert hashlib.new(algorithm, (folder / name).read_bytes()).hexdigest() == code
                seen.add(name)
            assert seen == (wanted or {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sha512.txt"})
    size = sum((folder / name).stat().st_size for name in payload)
    assert f"Payload-Oxum: {size}.{len(payload)}\n" in (folder / "bag-info.txt").read_text("utf-8")
    return payload


def test_bag_is_valid_by_an_independent_reading(store: Store, tmp_path: Path) -> None:
    """Every payload file is on both lists with the right hash, and the originals are byte for byte what was taken in."""
    handed(store, tmp_path / "bag")
    payload = independent_check(tmp_path / "bag")
    for one in store.manifest("E0001").files:
        assert hashlib.sha256((tmp_path / "bag" / "data" / "E0001" / "original" / one.name).read_bytes()).hexdigest() == one.sha256
    assert [name for name in payload if "/derived/" in name] == ["data/E0001/derived/0006-書起し.html"]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_anybody_can_check_it_with_sha256sum(store: Store, tmp_path: Path) -> None:
    """Without this program (names with percent signs are written as the standard asks, which sha256sum does not know)."""
    handed(store, tmp_path / "bag")
    lines = [line for line in (tmp_path / "bag" / "manifest-sha256.txt").read_text("utf-8").splitlines() if "%25" not in line]
    done = subprocess.run(["sha256sum", "--strict", "-c", "-"], input="\n".join(lines) + "\n", text=True, cwd=tmp_path / "bag", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


BAG_TAMPERING: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (lambda bag: (bag / "data/E0001/original/sub/chat.txt").write_bytes(b"x"), "bag_changed"),
    "gone": (lambda bag: (bag / "data/E0001/original/sub/chat.txt").unlink(), "bag_missing"),
    "put in": (lambda bag: (bag / "data/E0001/original/new.txt").write_bytes(b"x"), "bag_extra"),
    "tag put in": (lambda bag: (bag / "note.txt").write_bytes(b"x"), "bag_extra"),
    "list changed": (lambda bag: (bag / "manifest-sha512.txt").write_bytes((bag / "manifest-sha512.txt").read_bytes()[130:]), "bag_changed"),
    "info changed": (lambda bag: (bag / "bag-info.txt").write_bytes(b"Contact-Name: x\n"), "bag_changed"),
    "declaration": (lambda bag: (bag / "bagit.txt").write_bytes(b"BagIt-Version: 0.97\n"), "bag_declaration"),
    "no list": (lambda bag: (bag / "manifest-sha256.txt").unlink(), "bag_incomplete"),
}


@pytest.mark.parametrize("name", BAG_TAMPERING)
def test_tampering_with_a_bag_is_found(store: Store, tmp_path: Path, name: str) -> None:
    """Files and lists changed, removed, put in."""
    handed(store, tmp_path / "bag")
    assert check_bag(tmp_path / "bag") == []
    act, code = BAG_TAMPERING[name]
    act(tmp_path / "bag")
    assert code in [one.code for one in check_bag(tmp_path / "bag")]


def test_log_in_the_package_can_be_followed_and_tells_nothing_of_other_exhibits(store: Store, tmp_path: Path) -> None:
    """The chain is whole; of other exhibits only number and hashes stand there, and no word of them anywhere in the package."""
    handed(store, tmp_path / "bag")
    lines = [orjson.loads(line) for line in (tmp_path / "bag/data/custody.jsonl").read_bytes().splitlines()]
    before = log.START
    for number, line in enumerate(lines, 1):
        assert (line["number"], line["before"]) == (number, before)
        if "event" in line:
            assert log.hash_of(line) == line["hash"]
        before = line["hash"]
    assert [set(line) for line in lines if line.get("exhibit") != "E0001"] == [{"number", "before", "hash"}]
    for path in (tmp_path / "bag").rglob("*"):
        assert path.is_dir() or "秘密の別件".encode() not in path.read_bytes()


def test_disclosure_list_names_everything_and_what_was_decided(store: Store, tmp_path: Path) -> None:
    """Withheld with its reason, undecided as such, and no cell that a table program computes."""
    handed(store, tmp_path / "bag")
    content = (tmp_path / "bag/data/disclosure.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    told = {row[2]: (row[1], row[8], row[9]) for row in rows}
    assert tuple(heading) == HEADING
    assert told["100%.txt"] == ("原本", "不可", "第三者の個人情報")
    assert told["sub/chat.txt"] == ("原本", "可", "")
    assert told["../書起し.html"] == ("派生物", "未定", "")
    assert "'=cmd().csv" in told
    assert rows[-1][7].startswith("andon ")


def test_only_what_may_be_disclosed_goes_out_when_asked_so(store: Store, tmp_path: Path) -> None:
    """The withheld and the undecided stay home; the list names them."""
    handed(store, tmp_path / "bag", only_disclosable=True)
    payload = independent_check(tmp_path / "bag")
    assert "data/E0001/original/100%.txt" not in payload
    assert not [name for name in payload if "/derived/" in name]
    assert "data/E0001/original/sub/chat.txt" in payload
    assert b"100%.txt" in (tmp_path / "bag/data/disclosure.csv").read_bytes()


def references(value: Any) -> set[str]:
    """Every id that is referred to."""
    if isinstance(value, list):
        return {one for item in value for one in references(item)}
    if not isinstance(value, dict):
        return set()
    if set(value) == {"@id"}:
        return {value["@id"]}
    return {one for item in value.values() for one in references(item)}


def test_case_document_has_its_shapes(store: Store, tmp_path: Path) -> None:
    """Every prefix declared, every reference there, ids unique, hashes as hexBinary, one action per line with performer, tool and time."""
    handed(store, tmp_path / "bag")
    document = orjson.loads((tmp_path / "bag/data/E0001/case.jsonld").read_bytes())
    nodes = {node["@id"]: node for node in document["@graph"]}
    assert len(nodes) == len(document["@graph"])
    assert references(document["@graph"]) <= set(nodes)
    prefixes = {word.partition(":")[0] for word in words_of(document["@graph"])}
    assert prefixes <= set(document["@context"])
    kinds = [node["@type"] for node in nodes.values()]
    assert kinds.count("case-investigation:InvestigativeAction") == len(acts.lines_of(store, "E0001")) - 1  # but the export itself, which came after
    for node in nodes.values():
        if node["@type"] == "case-investigation:InvestigativeAction":
            assert {"uco-action:performer", "uco-action:instrument", "uco-action:startTime", "uco-action:object"} <= set(node)
            assert node["uco-action:startTime"]["@type"] == "xsd:dateTime"
    files = {one.sha256 for one in store.manifest("E0001").files}
    hashes = [node["uco-core:hasFacet"][1]["uco-observable:hash"][0]["uco-types:hashValue"] for node in nodes.values() if node["@type"] == "uco-observable:File"]
    assert files <= {one["@value"] for one in hashes}
    assert {one["@type"] for one in hashes} == {"xsd:hexBinary"}
    (record,) = [node for node in nodes.values() if node["@type"] == "case-investigation:ProvenanceRecord"]
    assert record["case-investigation:exhibitNumber"] == "令8-12"
    configured = [node for node in nodes.values() if node["@type"] == "uco-tool:ConfiguredTool"]
    assert "uco-configuration:usesConfiguration" in configured[0]


def words_of(value: Any) -> set[str]:
    """Every name of a property, type or id of the graph."""
    if isinstance(value, list):
        return {one for item in value for one in words_of(item)}
    if not isinstance(value, dict):
        return set()
    own = {key for key in value if not key.startswith("@")} | {value[key] for key in ("@id", "@type") if key in value}
    return own | {one for key, item in value.items() if not key.startswith("@") for one in words_of(item)}


CASES = Path(os.environ.get("ANDON_SHARED_DATA", "/nowhere")) / "case_uco"


@pytest.mark.skipif(not CASES.is_dir(), reason="ANDON_SHARED_DATA names no folder with published CASE examples")
def test_prefixes_are_those_of_the_published_examples(store: Store, tmp_path: Path) -> None:
    """What the examples and we both use means the same address."""
    handed(store, tmp_path / "bag")
    ours = orjson.loads((tmp_path / "bag/data/E0001/case.jsonld").read_bytes())["@context"]
    seen = 0
    for path in sorted(CASES.glob("*.json")):
        for name, address in orjson.loads(path.read_bytes())["@context"].items():
            if name in ours:
                seen += 1
                assert ours[name] == address, name
    assert seen > 10


def test_store_that_is_not_whole_hands_nothing_over(store: Store, tmp_path: Path) -> None:
    """A changed copy stops it, no folder is left, and the log is as before."""
    path = next(iter(store.objects()))
    path.chmod(0o600)
    path.write_bytes(b"other")
    before = state_of(store.folder)
    with pytest.raises(EvidenceError) as caught:
        handed(store, tmp_path / "out" / "bag")
    assert caught.value.data["reason"] == "not_whole"
    assert state_of(store.folder) == before
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_package_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A failure in the middle leaves nothing; what is there already is not touched; names that lead out are refused."""
    def failing() -> list[bytes]:
        raise RuntimeError

    with pytest.raises(RuntimeError), making(tmp_path / "bag") as bag:
        bag.add("b.txt", (one for part in (lambda: [b"b"], failing) for one in part()))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "bag").mkdir()
    with pytest.raises(EvidenceError) as caught, making(tmp_path / "bag"):
        pass
    assert caught.value.data["reason"] == "exists"
    for name in ("../x", "/x", "a//b", "", "a/./b", "a\x00"):
        with pytest.raises(EvidenceError) as caught, making(tmp_path / "other") as bag:
            bag.add(name, [b""])
        assert caught.value.data["reason"] == "name_form"


def test_export_is_in_the_log_with_the_hash_of_the_bag(store: Store, tmp_path: Path) -> None:
    """Who handed what to whom, so that the package can be told from another."""
    anchor = handed(store, tmp_path / "bag")
    line = acts.lines_of(store, "E0001")[-1]
    assert (line["event"], line["by"], line["facts"]["to"], line["hash"]) == ("exported", "鈴木", "検察庁", anchor.hash)
    assert line["facts"]["bag_manifest_sha256"] == hashlib.sha256((tmp_path / "bag/manifest-sha256.txt").read_bytes()).hexdigest()
    assert verify(store).findings == []


def test_package_inside_the_store_is_refused(store: Store) -> None:
    """It would be an extra file there."""
    with pytest.raises(EvidenceError) as caught:
        handed(store, store.folder / "bag")
    assert caught.value.data["reason"] == "inside_store"


def run(*args: str | Path, status: int = 0) -> str:
    done = CliRunner().invoke(COMMAND, [str(one) for one in args])
    assert done.exit_code == status, done.output
    return done.output


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_commands(tmp_path: Path, lang: str) -> None:
    """Add, transfer, seal, log, verify, export, and verify after tampering, in both languages."""
    (tmp_path / "in").mkdir()
    (tmp_path / "kept").mkdir()
    (tmp_path / "in" / "chat.txt").write_bytes(TEXT)
    (tmp_path / "in" / "link").symlink_to("/etc/hostname")
    store = ("--store", tmp_path / "kept" / "store")
    said = ("--by", "山田", "--place", "新宿署")
    assert "link" in run("add", tmp_path / "in", *store, *said, "--how", "任意提出", "--lang", lang)
    assert orjson.loads(run("add", tmp_path / "in" / "chat.txt", *store, *said, "--how", "押収", "--json"))["id"] == "E0002"
    run("transfer", "E0001", *store, *said, "--to", "鈴木", "--how", "手渡し", "--lang", lang)
    sealing = run("seal", "E0001", *store, "--by", "鈴木", "--place", "本部", "--lang", lang)
    anchor = next(word for word in sealing.replace("（", " ").split() if ":" in word)
    run("export", "E0001", *store, "--out", tmp_path / "bag", "--by", "鈴木", "--to", "検察庁", "--lang", lang)
    assert len(run("log", "E0001", *store, "--lang", lang).splitlines()) == 4
    run("verify", *store, "--anchor", anchor, "--record", "監査", "--lang", lang)
    run("unseal", "E0001", *store, "--by", "鈴木", "--place", "本部", "--why", "再鑑定", "--lang", lang)
    lines = (tmp_path / "kept/store/custody.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "kept/store/custody.jsonl").write_bytes(b"".join(lines[:-1]))
    told = orjson.loads(run("verify", *store, "--json", status=1).splitlines()[0])
    assert [one["code"] for one in told["findings"]] == ["log_cut_off"]
    run("verify", *store, "--lang", lang, status=1)
    assert run("add", tmp_path / "nowhere", *store, *said, "--how", "x", "--lang", lang, status=2)
    assert run("verify", "--store", tmp_path / "in", "--lang", lang, status=2)
