"""The yearly table for the public: what it says, what nobody can work out from it, and that one prepares and another releases it."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from inspection_help import refused_for, thirteen

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.measures.common import files
from andon.console.staff.models import Person
from andon.console.staff.rights import Role
from andon.console.undercover.contactlog.actions.conclude import Ended, conclude
from andon.console.undercover.contactlog.figures import Funnel, rows
from andon.console.undercover.contactlog.rules import LEAST_SHOWN
from andon.console.undercover.contactlog.suppression import Row, published
from andon.console.undercover.inspection import publishing
from andon.console.undercover.inspection.actions.editions import drop, prepare, release
from andon.console.undercover.inspection.documents import HIDDEN, csv_of, pdf_of
from andon.console.undercover.inspection.models import Answer, Edition
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from authority_help import World
    from django.test import Client

HERE = "andon.console.undercover.inspection"
NEXT_YEAR = datetime(2026, 11, 22, 3, tzinfo=UTC)
LEAST = 3


# What nobody can work out


def funnels() -> Iterator[Funnel]:
    """Every small year of two offences: cases arrested for each (up to five), people (one or two more in one of them), nobody met, contact lost."""
    for first, second, nobody, lost, more in product(range(6), range(6), range(4), range(4), range(3)):
        offences = {}
        for code, cases, extra in (("fraud", first, more), ("robbery", second, 0)):
            if cases:
                offences[code, "attempted"] = (cases, cases + extra)
        told = first + second + nobody
        people = sum(count for _, count in offences.values())
        ends = {"arrested": first + second, "nobody_met": nobody, "contact_lost": 0, "cancelled": 0, "running": 0}
        before = {"arrested": 0, "nobody_met": 0, "contact_lost": lost, "cancelled": 0, "running": 0}
        yield Funnel(2025, 0, told + lost, told, lost, ends, before, people, offences, 0, 0)


@pytest.mark.rule("O9", where="andon.console.undercover.contactlog.suppression")
def test_a_suppressed_number_cannot_be_worked_out() -> None:
    """By brute force: of all 1,728 small years those that look alike in public are laid together, and no small number is the same in all of them.

    A reader who knows how suppressing works knows no more than this: which years would have been printed just so.
    """
    alike: defaultdict[Any, list[dict[str, Row]]] = defaultdict(list)
    for funnel in funnels():
        table = rows(funnel)
        seen = tuple((row["code"], row["cases"], row["people"], row["hidden"]) for row in publishing.lines(published(table, LEAST)))
        alike[seen].append({row.code: row for row in table})
    assert sum(map(len, alike.values())) == 6 * 6 * 4 * 4 * 3
    tried = 0
    for seen, tables in alike.items():
        if min(table["told.arrested"].cases or 0 for table in tables) > 6:
            continue  # at the edge of what was tried: the years that look alike lie beyond it
        for code in {code for table in tables for code in table} - {code for code, _, _, is_hidden in seen if not is_hidden}:
            for what in ("cases", "people"):
                values = {getattr(table.get(code), what, 0) for table in tables}
                if any(value is not None and 0 < value < LEAST for value in values):
                    tried += 1
                    assert len(values) > 1, (code, what, seen, values, len(tables))
    assert tried > 100


def test_every_number_that_is_shown_is_large_enough() -> None:
    """Or nought; and sums that are shown are right."""
    for funnel in funnels():
        for row in published(rows(funnel), LEAST):
            assert row.cases is None or row.cases == 0 or row.cases >= LEAST
            assert row.people is None or row.people == 0 or row.people >= LEAST


def test_harm_prevented_is_hidden_with_its_rest() -> None:
    """A number that leaves one or two cases over tells those."""
    for counted, harm in product(range(12), range(12)):
        if harm > counted:
            continue
        funnel = Funnel(2025, 0, counted, 0, counted, {}, {}, 0, {}, harm, 0)
        line = publishing._harm(funnel, published([Row("counted", 0, None, counted)], LEAST), ())
        wanted = 0 < counted < LEAST or 0 < harm < LEAST or 0 < counted - harm < LEAST
        assert line["hidden"] is wanted, (counted, harm)
        assert (line["cases"] is None) is wanted


def test_what_an_edition_hid_stays_hidden() -> None:
    """With what would give it away, though it is large by now: else both editions together tell the old number."""
    table = [Row("counted", 0, None, 12), Row("a", 1, 0, 4), Row("b", 1, 0, 4), Row("c", 1, 0, 4)]
    assert not [row for row in published(table, LEAST) if row.is_hidden]
    assert [row.code for row in published(table, LEAST, {"b"}) if row.is_hidden] == ["a", "b", "c"]
    assert published([Row("counted", 0, None, 12), Row("a", 1, 0, 12)], LEAST, {"a"})[0].is_hidden  # its one part is its sum


# The thirteen cases


@pytest.fixture
def told(world: World) -> World:
    """The world with the thirteen invented cases."""
    thirteen(world)
    return world


def lines(edition: Edition) -> list[tuple[Any, ...]]:
    """Code, cases, people, of."""
    return [(row["code"], row["cases"], row["people"], row["of"]) for row in edition.content["rows"]]


@pytest.mark.rule("O9", where=f"{HERE}.publishing")
def test_the_published_table(told: World, sit: Callable[[str], Client]) -> None:
    """13; 7 with instructions, 6 lost; of the 7: 4 cases with 5 arrested, 3 not met. Fraud (3) and robbery (1, of 2 people) only in the internal table."""
    made = prepare(told.at("kei"), 2025, now=NEXT_YEAR)
    assert lines(made) == [
        ("counted", 13, None, None), ("told", 7, None, 13), ("told.arrested", 4, 5, 7), ("offence.fraud.attempted", None, None, None),
        ("offence.robbery.preparation", None, None, None), ("told.nobody_met", 3, None, 7), ("untold", 6, None, 13), ("untold.contact_lost", 6, None, 6),
        ("harm_prevented", 7, None, 13),
    ]  # fmt: skip
    funnel, whole = publishing.internal(2025)
    assert [(row["cases"], row["people"], row["of"]) for row in whole if row["code"].startswith("offence")] == [(3, 3, 4), (1, 2, 4)]
    assert funnel.counted == 13
    page = sit("kei").get(reverse("inspection:figures"), {"year": "2025"}).content.decode()
    assert "強盗（予備）" in page
    told_csv = list(csv.reader(io.StringIO(csv_of(made.content).decode("utf-8-sig"))))
    assert [row[5:8] for row in told_csv if row[2].startswith("offence")] == [[HIDDEN, HIDDEN, ""]] * 2
    assert ["2025", "1", "told.arrested"] in [row[:3] for row in told_csv]
    the_files_are_kept(made, sit("kei"))
    page = sit("kei").get(reverse("inspection:edition", args=[made.pk])).content.decode()
    for word in ("架空の身分証を示したか", "3 未満の数", "割合の分母は", made.sha256, made.pdf_sha256, "54%（7 / 13）"):
        assert word in page, word


def the_files_are_kept(made: Edition, client: Client) -> None:
    """By their hashes, as they were made then; made again they are the same; the PDF is one, of two pages."""
    assert pdf_of(made.content) == pdf_of(made.content)
    for kind, key, build in (("csv", made.csv_sha256, csv_of), ("pdf", made.pdf_sha256, pdf_of)):
        answer = client.get(reverse("inspection:edition_file", args=[made.pk, kind]))
        assert answer.content == files.read(key) == build(made.content)
    assert pdf_of(made.content).startswith(b"%PDF-")
    assert client.get(reverse("inspection:edition_file", args=[made.pk, "exe"])).status_code == 404
    assert Entry.objects.filter(event="inspection.edition_exported").count() == 2


@pytest.mark.rule("O9", where=f"{HERE}.actions.editions")
def test_one_prepares_and_another_releases(told: World, sit: Callable[[str], Client]) -> None:
    """Never the same person, whatever roles they have; as it was looked at, with a fresh sign-in; once. Nobody else learns of it before."""
    made = prepare(told.at("kei"), 2025, now=NEXT_YEAR)
    address = reverse("inspection:edition", args=[made.pk])
    assert sit("toru").get(address).status_code == 404
    with gate._door():
        Person.objects.filter(pk=told.people["kei"].pk).update(roles=[Role.AUDITOR.value, Role.APPROVER.value])
    assert refused_for(lambda: release(told.at("kei"), made.pk, made.sha256)) == "inspection_own"
    assert refused_for(lambda: drop(told.at("kei"), made.pk, "x")) == "inspection_own"
    for name in ("toru", "sora", "rin"):
        assert refused_for(lambda who=name: release(told.at(who), made.pk, made.sha256)) == "right"
        assert refused_for(lambda who=name: prepare(told.at(who), 2025, now=NEXT_YEAR)) == "right"
    assert refused_for(lambda: release(told.at("mio", fresh=False), made.pk, made.sha256)) == "not_fresh"
    assert refused_for(lambda: release(told.at("mio"), made.pk, "0" * 64)) == "inspection_altered"
    assert refused_for(lambda: prepare(told.at("kei"), 2025, now=NEXT_YEAR)) == "inspection_waiting"
    answer = release(told.at("mio"), made.pk, made.sha256, now=NEXT_YEAR)
    assert (answer.what, answer.by_id) == ("released", told.people["mio"].pk)
    assert Entry.objects.get(event="inspection.edition_released").facts["sha256"] == made.sha256
    assert refused_for(lambda: release(told.at("mio"), made.pk, made.sha256)) == "inspection_answered"
    assert refused_for(lambda: drop(told.at("mio"), made.pk, "x")) == "inspection_answered"
    assert sit("toru").get(address).status_code == 200
    a_later_edition_says_what_changed(told, made)


def a_later_edition_says_what_changed(told: World, first: Edition) -> None:
    """Without a reason or a difference there is none; a correction stands in another edition, the first one stays as it was."""
    assert refused_for(lambda: prepare(told.at("kei"), 2025, now=NEXT_YEAR)) == "inspection_changes"
    assert refused_for(lambda: prepare(told.at("kei"), 2025, "誤り", now=NEXT_YEAR)) == "inspection_same"
    lost = first.content
    plan = next(one for one in told_plans() if one.outcomes.last().result == "nobody_met")
    conclude(told.at("sora"), plan.pk, Ended("arrested", NEXT_YEAR, "後日逮捕", (("robbery", "preparation", 3),)), now=NEXT_YEAR)
    second = prepare(told.at("kei"), 2025, "後日の逮捕を加えた", now=NEXT_YEAR)
    assert (second.number, second.content["changes"]) == (2, "後日の逮捕を加えた")
    changed = {row["code"]: (row["before"], row["after"]) for row in second.content["differences"]}
    assert changed["told.arrested"] == ([4, 5], [None, None])  # two are left that nobody was met in: told with it
    assert not [code for code in changed if code.startswith("offence")]  # hidden before, not printed now
    assert Edition.objects.get(pk=first.pk).content == lost
    drop(told.at("mio"), second.pk, "数え直す", now=NEXT_YEAR)
    assert prepare(told.at("kei"), 2025, "数え直した", now=NEXT_YEAR).number == 3


def told_plans() -> list[Any]:
    """All plans that have an outcome."""
    from andon.console.undercover.authority.models import Plan

    return list(Plan.objects.filter(outcomes__isnull=False).distinct().order_by("pk"))


@pytest.mark.django_db
def test_only_a_year_that_is_over(world: World) -> None:
    """Not this one, none to come, none before there were any; and a year without cases is a table of noughts."""
    for year in (2024, 2026, 2027, -1):
        assert refused_for(lambda wanted=year: prepare(world.at("kei"), wanted, now=NEXT_YEAR)) == "inspection_year"
    with pytest.raises(Refused):
        prepare(world.at("sora"), 2025, now=NEXT_YEAR)
    assert Entry.objects.get(event="gate.refused").subject == "inspection.edition_prepared"
    made = prepare(world.at("kei"), 2025, now=NEXT_YEAR)
    assert {row["cases"] for row in made.content["rows"]} == {0}


@pytest.mark.django_db
@pytest.mark.rule("O9", where=f"{HERE}.migrations.0002_only_added_to")
def test_nobody_changes_an_edition(world: World) -> None:
    """Nor its release: not by the models, not by a statement; a file that was changed is not given out."""
    made = prepare(world.at("kei"), 2025, now=NEXT_YEAR)
    release(world.at("mio"), made.pk, made.sha256, now=NEXT_YEAR)
    for model in (Edition, Answer):
        with gate._door(), pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            model.objects.update(at=NEXT_YEAR)
        for sql in (f"DELETE FROM {model._meta.db_table}", f"UPDATE {model._meta.db_table} SET by_id = 1"):
            with gate._door(), pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
    files.path_of(made.csv_sha256).write_bytes(b"other")
    assert refused_for(lambda: files.read(made.csv_sha256)) == "file_altered"
    with gate._door():
        other = Edition.objects.create(year=2030, number=1, content=made.content | {"year": 2031}, sha256=made.sha256, by=made.by, at=NEXT_YEAR)
    assert refused_for(lambda: release(world.at("mio"), other.pk, other.sha256)) == "inspection_altered"


@pytest.mark.django_db
def test_preparing_on_the_screen(world: World, sit: Callable[[str], Client]) -> None:
    """The form offers years that are over; the release asks the chief for a fresh sign-in; what is refused stands on the page."""
    made = prepare(world.at("kei"), 2025, now=NEXT_YEAR)
    client = sit("mio")
    page = client.get(reverse("inspection:edition", args=[made.pk])).content.decode()
    assert made.sha256 in page
    answer = client.post(reverse("inspection:release", args=[made.pk]), {"sha256": made.sha256})
    assert answer.status_code == 302  # to prove again who it is
    assert "/account/" in answer.headers["Location"]
    assert not Answer.objects.exists()
    assert client.post(reverse("inspection:drop", args=[made.pk]), {"why": ""}).status_code == 422
    assert client.post(reverse("inspection:drop", args=[made.pk]), {"why": "数え直す"}).status_code == 302
    assert sit("kei").post(reverse("inspection:release", args=[made.pk]), {}).status_code == 403
    assert sit("kei").post(reverse("inspection:prepare"), {"year": "2031", "changes": ""}).status_code == 422
    assert LEAST_SHOWN == LEAST
