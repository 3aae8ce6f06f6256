"""A packet as documents: each says what it must, nothing that it must not, and reads back as what it claims to be."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import time
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.console.gate import Actor, Via
from andon.console.intake.models import Post
from andon.console.measures.kinds.removal.actions.approve import approve
from andon.console.measures.kinds.removal.actions.draft import draft, prepare
from andon.console.measures.kinds.removal.documents import mail
from andon.console.measures.kinds.removal.documents.docx import docx_file
from andon.console.measures.kinds.removal.documents.dsa import dsa
from andon.console.measures.kinds.removal.documents.formats import FORMATS
from andon.console.measures.kinds.removal.documents.pdf import pdf, shown
from andon.console.measures.kinds.removal.documents.table import csv_file
from andon.console.measures.kinds.removal.documents.xarf import xarf, xarf_lines
from andon.console.measures.kinds.removal.packet import build, items_of, quotes
from andon.paper.wrap import wrap

from .reading import pdf_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.intake.models import Campaign
    from andon.console.measures.common.models import Provider
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
TEXT = "日給5万円 荷物を受け取るだけ 即日即金 ホワイト案件 詳細はDMまで"


@pytest.fixture
def packet(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, settings: Any
) -> Callable[..., dict[str, Any]]:
    """The packet of a first request about posts of a text."""
    settings.MAIL_FROM, settings.CONTACT = "Desk <desk@police.example>", "03-0000-0000"

    def make(text: str = TEXT, *, posts: int = 3, **fields: Any) -> dict[str, Any]:
        provider(**fields)
        actor = Actor(sora, Via.SCREEN, fresh=True)
        request = prepare(actor, [recruited(text, posts=posts).pk])[0]
        letter = request.letters.get()
        return build(letter, items_of(letter), sora)

    return make


def test_packet_says_what_it_rests_on(packet: Callable[..., dict[str, Any]]) -> None:
    """Exact addresses, the hotline's category, what is missing, quotes that stand in the text, and hashes of what was kept."""
    made = packet()
    assert made["ground"] == made["ground"] | {"category": "perpetrator_recruitment", "class": "illegal", "kind": "parcel"}
    for post in made["posts"]:
        stored = Post.objects.get(pk=post["post"])
        assert post["url"] == stored.url
        assert post["missing"] == stored.missing
        assert post["sha256"] == hashlib.sha256(stored.text.encode()).hexdigest()
        assert post["quotes"]
        assert all(quote["text"] in stored.text for quote in post["quotes"])
        assert [one["kind"] for one in post["evidence"]] == ["record"]
    assert "score" not in json.dumps(made)


def test_quotes_do_not_overlap_and_are_few() -> None:
    """At most four, in the order of the text."""
    from andon.console.intake.engine import in_use

    found = quotes(TEXT * 3, in_use().engine)
    assert 1 <= len(found) <= 4
    places = [(TEXT * 3).find(one.text) for one in found]
    assert all(place >= 0 for place in places)


def test_pdf_reads_back(packet: Callable[..., dict[str, Any]]) -> None:
    """Both languages, every address and hash, the ground, the way to answer; Japanese first for who reads it best."""
    made = packet()
    content = pdf(made)
    assert content.startswith(b"%PDF-")
    text = pdf_text(content).replace("\n", "")
    assert text.index("投稿の削除に関する依頼書") < text.index("Request to remove posts")
    for post in made["posts"]:
        assert text.count(post["url"]) == 2
        assert post["sha256"] in text
        assert post["evidence"][0]["sha256"] in text
    for said in ("犯罪実行者募集情報", "職業安定法第63条", "利用規約 第3条", "ソーシャル株式会社 御中", "To: Social Inc.", "03-0000-0000", "法的な強制力はありません"):
        assert said in text, said
    assert "?" not in text


def test_same_packet_same_bytes(packet: Callable[..., dict[str, Any]]) -> None:
    """What was sent can be made again and compared."""
    made = packet()
    for one in FORMATS.values():
        first = one.make(made)
        time.sleep(0.01)
        assert one.make(made) == first, one.code
    assert json.loads(json.dumps(made)) == made


def test_language_that_the_provider_reads_comes_first(packet: Callable[..., dict[str, Any]]) -> None:
    """A company abroad gets English first, and Japanese for whoever it asks."""
    made = packet(languages=["en"])
    text = pdf_text(pdf(made)).replace("\n", "")
    assert text.index("Request to remove posts") < text.index("投稿の削除に関する依頼書")
    assert mail.subject(made).startswith("[R")


def test_characters_that_cannot_be_drawn_are_named(packet: Callable[..., dict[str, Any]]) -> None:
    """Pictures that stand for words, and marks that nobody sees, are shown by their number, in the PDF and nowhere lost."""
    assert shown("手押し🍎と👩‍💻") == "手押し[U+1F34E]と[U+1F469][U+200D][U+1F4BB]"
    made = packet("闇\u200bバイト 即日即金🍎 日給5万円 荷物を受け取るだけ 詳細はDM")
    made["note"] = "補足\u202e🍎"
    text = pdf_text(pdf(made))
    assert "補足[U+202E][U+1F34E]" in text


def test_docx_reads_back(packet: Callable[..., dict[str, Any]]) -> None:
    """The same words in the office's own format; what XML cannot hold is left out."""
    made = packet()
    made["note"] = "A\x00B\ud800C\ufffeD"
    letter = docx.Document(io.BytesIO(docx_file(made)))
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "投稿の削除に関する依頼書" in text
    assert "Request to remove posts" in text
    assert "ABCD" in text
    assert all(post["url"] in text for post in made["posts"])
    assert all(post["sha256"] in text for post in made["posts"])


def test_mail_names_every_address(packet: Callable[..., dict[str, Any]]) -> None:
    """Its text is whole without the documents: all addresses, who asks, by when to answer; a subject of one line."""
    made = packet(posts=30)
    text, subject = mail.text(made), mail.subject(made)
    assert all(f". {post['url']}\n" in text for post in made["posts"])
    assert "\n" not in subject
    assert made["number"] in subject
    assert "試験サイバー係" in text


CONTACT_KEYS = {"org", "contact", "domain"}
EVIDENCE_KEYS = {"content_type", "description", "payload", "hash", "size"}


def check_xarf(report: dict[str, Any]) -> None:
    """The rules of xarf-core, content-base and content-fraud (XARF v4)."""
    assert re.fullmatch(r"4\.[0-9]+\.[0-9]+", report["xarf_version"])
    assert uuid.UUID(report["report_id"]).version == 4
    assert datetime.fromisoformat(report["timestamp"]).tzinfo is not None
    for who in (report["reporter"], report["sender"]):
        assert set(who) == CONTACT_KEYS
        assert len(who["org"]) <= 200
        assert re.fullmatch(r"[^@\s]+@[^@\s]+", who["contact"])
        assert re.fullmatch(r"[a-z0-9.-]+", who["domain"])
    assert report["source_identifier"]
    assert (report["category"], report["type"], report["fraud_type"]) == ("content", "fraud", "employment")
    assert report["url"].startswith("http")
    assert re.fullmatch(r"[a-z0-9.-]+", report["domain"])
    assert report["verification_method"] in {"manual", "automated_crawler", "user_report", "honeypot", "threat_intelligence"}
    assert len(report.get("description", "")) <= 1000
    assert len(report["tags"]) <= 20
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_+-]*:[a-z0-9][a-z0-9_+-.]*", tag) for tag in report["tags"])
    assert len(report.get("evidence", [])) <= 50
    for one in report.get("evidence", []):
        assert {"content_type", "payload"} <= set(one) <= EVIDENCE_KEYS
        content = base64.b64decode(one["payload"], validate=True)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one["size"] == len(content) <= 5242880
        assert len(one["description"]) <= 500
    assert not [key for key in report if key.startswith("_")]


def test_xarf_keeps_the_rules_of_its_schema(packet: Callable[..., dict[str, Any]]) -> None:
    """Each line is a report; ids are the same for the same post of the same letter, and no two posts share one."""
    made = packet()
    reports = [json.loads(line) for line in xarf_lines(made).decode().splitlines()]
    assert len(reports) == 3
    for report in reports:
        check_xarf(report)
    assert len({report["report_id"] for report in reports}) == 3
    assert xarf(made) == reports


def test_xarf_of_odd_addresses(packet: Callable[..., dict[str, Any]]) -> None:
    """Hosts in other scripts go in the form of the wire; what is no address of a page has no report."""
    made = packet()
    made["posts"][0]["url"] = "https://例え.example/1"
    made["posts"][1]["url"] = "javascript:alert(1)"
    made["posts"][2]["url"] = "http://[broken"
    reports = xarf(made)
    assert [report["domain"] for report in reports] == ["xn--r8jz45g.example"]
    check_xarf(reports[0])


def test_statement_of_reasons(packet: Callable[..., dict[str, Any]]) -> None:
    """Fields, words and lengths of the Commission's database; nothing of the post's own text or author goes in."""
    made = packet()
    for one, post in zip(dsa(made), made["posts"], strict=True):
        assert one["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
        assert (one["decision_ground"], one["category"]) == ("DECISION_GROUND_ILLEGAL_CONTENT", "STATEMENT_CATEGORY_SCAMS_AND_FRAUD")
        assert one["source_type"] == "SOURCE_TYPE_OTHER_NOTIFICATION"
        assert one["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED"
        for name, longest in (
            ("illegal_content_legal_ground", 500), ("illegal_content_explanation", 2000), ("decision_facts", 5000), ("category_specification_other", 500),
            ("puid", 500),
        ):  # fmt: skip
            assert 0 < len(one[name]) <= longest, name
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", one["content_date"])
        whole = json.dumps(one, ensure_ascii=False)
        assert TEXT[:10] not in whole
        assert post["author"] not in whole
    assert len({one["puid"] for one in dsa(made)}) == 3


def test_table_is_no_formula(packet: Callable[..., dict[str, Any]]) -> None:
    """A spreadsheet reads every cell as text, whatever a post or an account is called."""
    made = packet()
    made["posts"][0]["author"] = '=HYPERLINK("https://evil.example")'
    made["posts"][1]["author"] = "@SUM(1)"
    content = csv_file(made)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [len(row) for row in rows] == [11] * 4
    assert rows[1][3].startswith("'=")
    assert rows[2][3].startswith("'@")
    assert [row[1] for row in rows[1:]] == [post["url"] for post in made["posts"]]


@given(st.text(st.sampled_from("あいう漢字、。（）「」ーッabc /:.-?=19")), st.integers(4, 30))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """Only spaces at the ends of lines go; no line is longer than it may be by more than nothing, and lines start with no closing mark where they need not."""
    lines = wrap(text, width, lambda char: 1.0 if char.isascii() else 2.0)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    for line in lines:
        assert sum(1.0 if char.isascii() else 2.0 for char in line) <= width


def test_lines_begin_well() -> None:
    """A comma goes up or takes its character down; an opening bracket goes down with what it opens."""
    lines = wrap("あいうえお、かきくけ「こ」さ", 10, lambda _char: 2.0)
    assert not any(line.startswith(("、", "」")) or line.endswith("「") for line in lines), lines


def test_two_hundred_posts(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, settings: Any
) -> None:
    """From a decision to the outbox for a campaign of 200 posts: far under the half minute that a person may need."""
    settings.MAIL_FROM = "desk@police.example"
    provider()
    one = recruited(posts=200)
    actor = Actor(sora, Via.SCREEN, fresh=True)
    began = time.perf_counter()
    request = draft(actor, one.pk)[0]
    letter = approve(actor, request.pk)
    seconds = time.perf_counter() - began
    assert letter.packet is not None
    assert len(letter.packet["posts"]) == 200
    assert seconds < 25, seconds
