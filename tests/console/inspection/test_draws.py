"""Drawing cases: by the machine's chance, so that anybody can repeat it; nothing is read before, and nobody takes it away."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, NOW, World
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from inspection_help import drawn_by, opened, refused_for, thirteen

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework import visible
from andon.console.casework.actions import samples
from andon.console.casework.actions.life import open_case
from andon.console.casework.models import Case, Sample
from andon.console.undercover.inspection.actions.draws import Terms, draw
from andon.console.undercover.inspection.drawing import drawn, may_be_drawn, rank
from andon.console.undercover.inspection.models import Draw
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from log_help import Desk

HERE = "andon.console.undercover.inspection"


def test_the_same_seed_draws_the_same() -> None:
    """Whatever the order of the codes; each case stands where the SHA-256 of "seed:code" puts it."""
    codes = [f"C{number:03}" for number in range(40)]
    first = drawn("ab12", codes, 5)
    assert drawn("ab12", reversed(codes), 5) == first
    assert len(first) == 5
    assert max(rank("ab12", code) for code in first) < min(rank("ab12", code) for code in codes if code not in first)
    assert rank("ab12", "C001") == hashlib.sha256(b"ab12:C001").hexdigest()
    assert drawn("ab12", codes, 99) == codes


def test_every_case_is_drawn_alike() -> None:
    """Over 2,000 seeds each of ten cases is drawn about as often as any other."""
    counted = Counter(code for seed in range(2000) for code in drawn(str(seed), "abcdefghij", 3))
    assert all(520 < count < 680 for count in counted.values()), counted


@pytest.mark.rule("O5", where=f"{HERE}.actions.draws")
def test_a_draw_opens_what_its_seed_says(world: World) -> None:
    """Cases of the population, as many as wanted; all of it on record and in the trail."""
    plans = thirteen(world)
    made = drawn_by(world, 4)
    assert len(made.drawn) == 4
    assert made.drawn == drawn(made.seed, made.population, 4)
    assert set(made.population) == set(Case.objects.values_list("code", flat=True))
    assert len(made.population) == len(plans) + 1
    assert set(visible.cases(world.at("kei").person, now=NOW).values_list("code", flat=True)) == set(made.drawn)
    entry = Entry.objects.get(event="inspection.drawn")
    assert entry.facts == {"seed": made.seed, "size": 4, "of": 14, "cases": made.drawn}
    again = drawn_by(world, 10)
    assert not set(again.drawn) & set(made.drawn)
    assert (len(again.drawn), again.left_out) == (10, 4)
    assert refused_for(lambda: drawn_by(world)) == "inspection_none_left"


def test_what_refuses_a_draw(world: World) -> None:
    """No ground, no or too many cases, too long a time; and who is no inspector."""
    kei = world.at("kei")
    assert refused_for(lambda: draw(kei, Terms(1, " ", NOW + DAY), now=NOW)) == "case_ground"
    for size in (0, -1, 51):
        assert refused_for(lambda many=size: draw(kei, Terms(many, "監察", NOW + DAY), now=NOW)) == "inspection_size"
    for until in (NOW, NOW + 93 * DAY):
        assert refused_for(lambda at=until: draw(kei, Terms(1, "監察", at), now=NOW)) == "sample_terms"
    for name in ("toru", "sora", "rin", "mio"):
        assert refused_for(lambda who=name: drawn_by(world, who=who)) == "right"
    assert not Draw.objects.exists()
    assert not Sample.objects.exists()
    with pytest.raises(Refused):
        drawn_by(world, who="toru")
    assert Entry.objects.get(event="gate.refused", subject="inspection.drawn").person == world.people["toru"].pk


@pytest.mark.rule("A6", where=f"{HERE}.drawing")
def test_a_case_of_his_own_is_never_drawn(world: World) -> None:
    """Who ever had a part in a case inspects others only."""
    mine = open_case(world.at("toru"), "別の事件", Case.Kind.UNDERCOVER, ground="-", now=NOW)
    with gate._door():
        toru = world.people["toru"]
        toru.roles = ["auditor"]
        toru.save()
    assert not may_be_drawn(toru.pk, NOW).exists()
    assert refused_for(lambda: drawn_by(world, 5, who="toru")) == "inspection_none_left"
    assert mine.code in drawn_by(world, 5).drawn


@pytest.mark.rule("O5", where=f"{HERE}.migrations.0002_only_added_to")
def test_nobody_changes_a_draw(world: World) -> None:
    """Not past the verbs, not by the models, not in the database."""
    made = drawn_by(world)
    for sql in ("UPDATE inspection_draw SET seed = 'x'", "DELETE FROM inspection_draw"):
        with gate._door(), pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with gate._door(), pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        Draw.objects.filter(pk=made.pk).update(seed="x")
    assert refused_for(lambda: Draw.objects.create(by=made.by, at=NOW, until_at=NOW, seed="x", size=1)) == "past_the_gate"


def test_the_page_draws_again(desk: Desk, sit: Callable[[str], Client]) -> None:
    """What was drawn is drawn again from its seed as the page is read; a record that says otherwise is told."""
    made = drawn_by(desk.world, now=timezone.now())
    page = sit("kei").get(reverse("inspection:draw", args=[made.pk])).content.decode()
    assert made.seed in page
    assert "notice--done" in page
    with gate._door():
        Draw.objects.create(
            by=made.by, at=NOW, until_at=NOW, seed="ab", size=1, population=["A", "B"], drawn=[max("AB", key=lambda code: rank("ab", code))]
        )
    assert "notice--wrong" in sit("kei").get(reverse("inspection:draw", args=[made.pk + 1])).content.decode()


def test_drawing_on_the_screen(desk: Desk, sit: Callable[[str], Client]) -> None:
    """Draw, read, give back; what is refused stands on the form."""
    client = sit("kei")
    until = (timezone.now() + 20 * DAY).strftime("%Y-%m-%d")
    assert client.post(reverse("inspection:draw_cases"), {"draw-size": 1, "draw-ground": "", "draw-until": until}).status_code == 422
    far = {"draw-size": 1, "draw-ground": "定期監察", "draw-until": "2031-01-01"}
    assert "3か月以内" in client.post(reverse("inspection:draw_cases"), far).content.decode()
    answer = client.post(reverse("inspection:draw_cases"), far | {"draw-until": until})
    assert answer.headers["Location"] == reverse("inspection:draw", args=[Draw.objects.get().pk])
    case = reverse("casework:case", args=[desk.plan.case_id])
    assert client.get(case).status_code == 200
    assert client.post(reverse("inspection:give_back", args=[desk.plan.case_id])).status_code == 302
    assert client.get(case).status_code == 403
    code = desk.plan.case.code
    cause = {"open-case": code, "open-ground": "逸脱の疑い", "open-until": until}
    assert client.post(reverse("inspection:open_case"), cause | {"open-case": "X-0"}).status_code == 422
    assert client.post(reverse("inspection:open_case"), cause).headers["Location"] == case


@pytest.mark.rule("O5", where="andon.console.audit.migrations.0002_only_added_to")
def test_what_an_inspector_read_stays(desk: Desk, sit: Callable[[str], Client]) -> None:
    """Nobody of the case takes it out of the trail or even sees it: not by a page, not by the models, not by a statement."""
    opened(desk.world, desk.plan.case, now=timezone.now())
    sit("kei").get(reverse("casework:case", args=[desk.plan.case_id]))
    read = Entry.objects.get(event="casework.opened", person=desk.world.people["kei"].pk)
    for act in (
        lambda: Entry.objects.filter(pk=read.pk).update(subject="case:0"),
        lambda: Entry.objects.filter(pk=read.pk)._raw_delete("default"),
        read.delete,
    ):
        with gate._door(), pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            act()
    for sql in ("DELETE FROM audit_entry WHERE number = %s", "UPDATE audit_entry SET person = NULL WHERE number = %s"):
        with gate._door(), pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [read.number])
    assert refused_for(lambda: Entry.objects.filter(pk=read.pk).update(subject="x")) == "past_the_gate"
    for name in ("toru", "sora", "rin", "mio"):
        assert sit(name).get(reverse("inspection:my_reads")).status_code == 403, name
        assert sit(name).get(reverse("inspection:reads")).status_code == 403, name
        assert sit(name).get(reverse("audit:trail")).status_code == 403, name
    name = desk.world.people["kei"].name
    assert name not in sit("sora").get(reverse("casework:case", args=[desk.plan.case_id])).content.decode()
    assert refused_for(lambda: samples.give_back(desk.world.at("sora"), desk.plan.case_id, now=timezone.now())) == "right"


@pytest.mark.rule("O1", where=f"{HERE}.reading")
def test_who_sees_what_an_inspector_read(desk: Desk, sit: Callable[[str], Client], nao: Any, browse: Any) -> None:
    """He himself, all of it; the administrator who appoints him that and when, never which case; and reading that is on record, too."""
    opened(desk.world, desk.plan.case, now=timezone.now())
    sit("kei").get(reverse("casework:case", args=[desk.plan.case_id]))
    subject = f"case:{desk.plan.case_id}"
    assert subject in sit("kei").get(reverse("inspection:my_reads")).content.decode()
    page = browse(nao).get(reverse("inspection:reads")).content.decode()
    assert desk.world.people["kei"].name in page
    assert subject not in page
    assert desk.plan.case.code not in page
    assert Entry.objects.filter(event="inspection.reads_listed", person=nao.pk).exists()
    assert browse(nao).get(reverse("inspection:desk")).status_code == 403
