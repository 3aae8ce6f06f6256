"""The pages of the register: who sees them, what they offer, what they refuse, how much they ask of the database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, World, make_world
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from identity_help import HOUR, Register

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework.actions.samples import draw
from andon.console.casework.timeline import moments
from andon.console.undercover.authority.codes import State as PlanState
from andon.console.undercover.authority.models import ErrorRecord
from andon.console.undercover.identities.models import Document, Identity, Movement, Officer, Place, SealOpening, Showing, Slip

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
VIEWS = "andon.console.undercover.identities.views"
FORMS = "andon.console.undercover.identities.forms"


@pytest.fixture
def now() -> Any:
    """The clock of the pages."""
    return timezone.now()


@pytest.fixture
def live(world: World, now: Any) -> Register:
    """A plan that is being carried out now, its officer under seal."""
    made = Register(world, world.plan_in(PlanState.ACTIVE, now=now - DAY, starts_at=now - DAY, ends_at=now + 30 * DAY))
    made.make_officer(now=now - HOUR)
    made.make_place()
    return made


@pytest.fixture
def sit(world: World, browse: Callable[[Person], Client]) -> Callable[[str], Client]:
    """A client of somebody of the world."""
    return lambda name: browse(world.people[name])


PASSWORD = "correct horse battery staple"


def fresh(client: Client) -> Client:
    """The same, who has just proved again who they are."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def local(at: Any) -> str:
    """As the browser's field posts it."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def identity_posted(**more: Any) -> dict[str, Any]:
    """What the form posts."""
    return {
        "identity_name": "見本 太郎", "reading": "", "born_on": "1999-04-01", "address": "見本県架空市本町1-2-3", "officer": "K-7", "face": "police",
        "face_note": "生成画像", **more,
    }  # fmt: skip


def paper_posted(**more: Any) -> dict[str, Any]:
    """What the form posts."""
    return {"kind": "licence", "serial": "A-1", "image_sha256": "a" * 64, "issued_by": "本部 企画課", "brought_by": "見本 運ぶ", "note": "", **more}


@pytest.mark.rule("D1", where=FORMS)
def test_a_whole_life_on_the_pages(live: Register, sit: Callable[[str], Client], now: Any) -> None:
    """Entered, received, stored, handed out, confirmed, taken back: by the forms; fields that are not theirs change nothing."""
    plan, rin, toru = live.plan, sit("rin"), sit("toru")
    address = reverse("identities:plan", args=[plan.pk])
    assert rin.post(reverse("identities:identity", args=[plan.pk]), identity_posted(plan="999", number="7", by="1")).headers["Location"] == address
    identity = Identity.objects.get()
    assert (identity.plan_id, identity.number, identity.by_id) == (plan.pk, 1, live.world.people["rin"].pk)
    more = {
        "state": "destroyed",
        "plan": "999",
        "number": "9",
        "reconciled_at": local(now),
        "identity": "999",
        "due_at": local(now),
        "officer": "K-1",
    }
    assert rin.post(reverse("identities:receive", args=[plan.pk, identity.pk]), paper_posted(**more)).status_code == 302
    document = Document.objects.get()
    assert (document.state, document.plan_id, document.number, document.reconciled_at, document.officer) == ("received", plan.pk, 1, None, "")
    page = reverse("identities:document", args=[document.pk])
    assert rin.post(f"{page}store/", {"place": Place.objects.get().pk}).headers["Location"] == page
    given = {
        "officer": "K-7",
        "due_at": local(now + DAY),
        "note": "求められた",
        "state": "out",
        "second": live.world.people["toru"].pk,
        "is_confirmed": "1",
    }
    rin.post(f"{page}hand_out/", given)
    document.refresh_from_db()
    assert document.state == "stored"
    slip = Slip.objects.get()
    confirm = reverse("identities:confirm", args=[slip.pk])
    assert confirm not in rin.get(page).content.decode()
    assert confirm in toru.get(page).content.decode()
    assert confirm in toru.get(reverse("identities:register")).content.decode()
    assert rin.post(confirm).status_code == 403
    assert toru.post(confirm).headers["Location"] == page
    assert "K-7 に貸出中" in rin.get(page).content.decode()
    rin.post(f"{page}take_back/", {"note": "戻った"})
    toru.post(reverse("identities:confirm", args=[Slip.objects.latest("pk").pk]))
    assert [one.what for one in Movement.objects.order_by("number")] == ["received", "stored", "handed_out", "returned"]


@pytest.mark.rule("D5", where=FORMS)
def test_a_picture_that_is_sent_is_not_read(live: Register, sit: Callable[[str], Client], now: Any) -> None:
    """The form has no field for a file; one that is posted all the same is neither kept nor hashed; the page's own field has no name."""
    identity = live.identity(now=now)
    picture = SimpleUploadedFile("licence.png", b"\x89PNG picture of a document", "image/png")
    posted = paper_posted(image_sha256="") | {"image": picture, "image_file": picture}
    answer = sit("rin").post(reverse("identities:receive", args=[live.plan.pk, identity.pk]), posted)
    assert answer.status_code == 422
    assert not Document.objects.exists()
    text = answer.content.decode()
    assert 'type="file" data-hash>' in text
    assert "multipart" not in text
    assert "licence.png" not in text


def test_what_is_wrong_is_said(live: Register, sit: Callable[[str], Client], now: Any) -> None:
    """On the form, with the rule and what was typed; nothing is kept."""
    document = live.stored(now=now)
    page = reverse("identities:document", args=[document.pk])
    late = sit("rin").post(f"{page}hand_out/", {"officer": "K-7", "due_at": local(now + 90 * DAY), "note": "長く使う"})
    assert late.status_code == 422
    text = late.content.decode()
    assert "D2、A9" in text
    assert "長く使う" in text
    live.received(now=now)
    third = sit("rin").post(reverse("identities:receive", args=[live.plan.pk, document.identity_id]), paper_posted())
    assert third.status_code == 422
    assert "U6" in third.content.decode()
    assert Document.objects.count() == 2


@pytest.mark.rule("D1", where=VIEWS)
def test_another_prefecture_finds_nothing(live: Register, browse: Callable[[Person], Client], now: Any) -> None:
    """No page, no form, no number: the custodian there gets 404 for a document that is here and for one that is nowhere, alike."""
    document = live.out(now=now, due_at=now + DAY)
    slip = live.world and Slip.objects.latest("pk")
    other = make_world("大阪府")
    rin = browse(other.people["rin"])
    for pk in (document.pk, 999_999):
        page = reverse("identities:document", args=[pk])
        assert rin.get(page).status_code == 404
        assert rin.post(f"{page}lose/", {"noticed_by": "x", "note": "y"}).status_code == 404
    for pk in (live.plan.pk, 999_999):
        assert rin.get(reverse("identities:plan", args=[pk])).status_code == 404
        assert rin.post(reverse("identities:identity", args=[pk]), identity_posted()).status_code == 404
    text = rin.get(reverse("identities:register")).content.decode()
    assert live.plan.code not in text
    assert '<span class="badge badge--count">1</span>' not in text
    assert browse(other.people["toru"]).post(reverse("identities:confirm", args=[slip.pk])).status_code == 409
    # an identity of one plan is no address of another's page
    mine = Register(other, other.plan_in(PlanState.ACTIVE, now=now - DAY, starts_at=now - DAY, ends_at=now + 30 * DAY))
    assert rin.post(reverse("identities:receive", args=[mine.plan.pk, document.identity_id]), paper_posted()).status_code == 404
    assert rin.post(reverse("identities:check", args=[mine.plan.pk, document.identity_id])).status_code == 404


def test_the_register_says_what_is_out_overdue_and_left(live: Register, sit: Callable[[str], Client], now: Any) -> None:
    """By the clock: nobody has to have been told."""
    document = live.out(now=now - HOUR, due_at=now - timedelta(minutes=30))
    text = sit("rin").get(reverse("identities:register") + "?tab=overdue").content.decode()
    assert "返却遅れ" in text
    assert reverse("identities:document", args=[document.pk]) in text
    live.back(document, now=now)
    assert reverse("identities:document", args=[document.pk]) not in sit("rin").get(reverse("identities:register") + "?tab=overdue").content.decode()
    live.end(now=now)
    assert reverse("identities:document", args=[document.pk]) in sit("rin").get(reverse("identities:register") + "?tab=to_reconcile").content.decode()
    sit("rin").post(reverse("identities:reconcile", args=[live.plan.pk]), {"reconcile-note": "照合"})
    sit("sora").post(reverse("identities:confirm", args=[Slip.objects.latest("pk").pk]))
    assert reverse("identities:document", args=[document.pk]) in sit("rin").get(reverse("identities:register") + "?tab=to_destroy").content.decode()


@pytest.mark.rule("D3", where=VIEWS)
def test_a_showing_on_the_page(live: Register, sit: Callable[[str], Client], now: Any) -> None:
    """Tied to request and contact; one without a request is kept and said to be wrong."""
    document = live.out(now=now - HOUR, due_at=now + DAY)
    request, entry = live.asked(now - HOUR / 2), live.contact("out", now - HOUR / 3)
    address = reverse("identities:show", args=[live.plan.pk])
    posted = {"shown_document": document.pk, "form": "data", "request": request.pk, "entry": entry.pk, "note": "", "wrongs": "[]", "recipient": "x"}
    assert sit("toru").post(address, posted).status_code == 302
    second = live.contact("out", now - HOUR / 4)
    told = sit("toru").post(address, posted | {"request": "", "entry": second.pk}, follow=True).content.decode()
    assert "過誤記録に載せました" in told
    assert [one.wrongs for one in Showing.objects.order_by("pk")] == [[], ["no_request"]]
    assert ErrorRecord.objects.get().kind == "showing_without_request"
    assert sit("toru").post(address, posted | {"request": entry.pk, "entry": second.pk}).status_code == 422  # ours is no request
    assert sit("rin").post(address, posted).status_code == 403


@pytest.mark.rule("A19", where=VIEWS)
def test_the_seal_is_opened_on_the_page(live: Register, sit: Callable[[str], Client]) -> None:
    """After a fresh sign-in, with a reason; the name stands in that answer, which nobody keeps, and not on the page when it is read again."""
    name = live.world.people["officer"].name
    address = reverse("identities:sealed", args=[live.plan.pk])
    with gate._door():
        for someone in live.world.people.values():
            someone.set_password(PASSWORD)
            someone.save()
    mio = sit("mio")
    stale = mio.post(address, {"record": "K-7", "reason": "公務災害"})
    assert stale.status_code == 302
    assert "reauthenticate" in stale.headers["Location"]
    fresh(mio)
    empty = mio.post(address, {"record": "K-7", "reason": " "})
    assert empty.status_code == 422
    assert name not in empty.content.decode()
    assert Entry.objects.filter(event="identities.seal_refused").exists()
    opened = mio.post(address, {"record": "K-7", "reason": "公務災害の手続"})
    assert opened.status_code == 200
    assert name in opened.content.decode()
    assert "no-store" in opened.headers["Cache-Control"]
    again = mio.get(address).content.decode()
    assert name not in again
    assert "公務災害の手続" in again
    assert mio.post(address, {"record": "K-9", "reason": "x"}).status_code == 404
    for who in ("toru", "sora", "rin", "ken", "officer"):
        assert sit(who).get(address).status_code == 403
        assert fresh(sit(who)).post(address, {"record": "K-7", "reason": "x"}).status_code == 403
    assert SealOpening.objects.count() == 1


@pytest.mark.rule("A19", where=FORMS)
def test_the_list_of_people_does_not_say_who(world: World, sit: Callable[[str], Client], now: Any) -> None:
    """Who has been put under seal stands in the list as before: what is missing from a list would say it, too."""
    plan = world.plan_in(PlanState.ACTIVE, now=now - DAY, starts_at=now - DAY, ends_at=now + 30 * DAY, operators=["K-7", "K-8"])
    address = reverse("identities:plan", args=[plan.pk])

    def people() -> str:
        return sit("sora").get(address).content.decode().split('id="id_person"')[1].split("</select>")[0]

    before = people()
    assert world.people["ken"].name in before
    assert world.people["sora"].name not in before
    sit("sora").post(reverse("identities:seal", args=[plan.pk]), {"code": "K-7", "person": world.people["ken"].pk})
    assert Officer.objects.get().code == "K-7"
    assert people() == before


def test_an_inspector_reads_the_sample(live: Register, sit: Callable[[str], Client], now: Any) -> None:
    """Everything but the name, and nothing to press."""
    document = live.stored(now=now)
    kei = sit("kei")
    page = reverse("identities:document", args=[document.pk])
    assert kei.get(page).status_code in (403, 404)
    draw(live.world.at("kei"), [live.plan.case_id], ground="抜取り", until_at=now + DAY)
    assert kei.get(page).status_code == 200
    text = kei.get(reverse("identities:plan", args=[live.plan.pk])).content.decode()
    assert '<form class="form panel"' not in text
    assert kei.get(reverse("identities:sealed", args=[live.plan.pk])).status_code == 200
    assert kei.post(f"{page}lose/", {"noticed_by": "x", "note": "y"}).status_code == 403
    assert Entry.objects.filter(event="identities.document_opened", person=live.world.people["kei"].pk).exists()


def test_the_case_page_draws_the_documents(live: Register, sit: Callable[[str], Client], now: Any) -> None:
    """Comings, the span in which one is out, showings; no name, serial, address."""
    document = live.out(live.stored(now=now - 2 * HOUR, serial="SERIAL-9"), now=now - 2 * HOUR, due_at=now + DAY)
    request, entry = live.asked(now - HOUR), live.contact("out", now - HOUR / 2)
    live.shown(document, entry, request)
    assert live.world.case is not None
    drawn = [one for one in moments(live.world.case, live.world.people["toru"]) if one.code == "identity"]
    labels = " ".join(one.label for one in drawn)
    assert "K-7 に貸出" in labels
    assert "telegram:boss に提示" in labels
    assert any(one.data.get("is_open") for one in drawn)
    text = sit("toru").get(reverse("casework:case", args=[live.plan.case_id])).content.decode()
    assert "貸出中 1" in text
    assert "SERIAL-9" not in text
    assert "見本 太郎" not in text
    assert "架空町" not in text


def test_few_queries(world: World, sit: Callable[[str], Client], django_assert_max_num_queries: Any, now: Any) -> None:
    """As many for twenty documents as for one."""
    live = Register(world, world.plan_in(PlanState.ACTIVE, now=now - DAY, starts_at=now - DAY, ends_at=now + 30 * DAY, documents_planned=20))
    live.make_officer(now=now - HOUR)
    live.make_place()
    for _ in range(18):
        document = live.stored(now=now - HOUR)
    live.out(document, now=now - HOUR, due_at=now + DAY)
    request, entry = live.asked(now - HOUR / 2), live.contact("out", now - HOUR / 3)
    live.shown(document, entry, request)
    for name, args, most in (("register", [], 30), ("plan", [live.plan.pk], 55), ("document", [document.pk], 35), ("sealed", [live.plan.pk], 30)):
        client = sit("mio" if name == "sealed" else "rin")
        client.get(reverse(f"identities:{name}", args=args))
        with django_assert_max_num_queries(most):
            assert client.get(reverse(f"identities:{name}", args=args)).status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_sentence_is_there(live: Register, sit: Callable[[str], Client], now: Any, language: str) -> None:
    """No code of a sentence stands on a page."""
    document = live.out(now=now - HOUR, due_at=now - HOUR / 2)
    live.shown(document, live.contact("out", now - HOUR / 3), None)
    for who in ("rin", "toru", "sora", "mio"):
        with gate._door():
            live.world.people[who].language = language
            live.world.people[who].save()
        client = sit(who)
        for name, args in (("register", []), ("plan", [live.plan.pk]), ("document", [document.pk]), ("sealed", [live.plan.pk])):
            text = client.get(reverse(f"identities:{name}", args=args)).content.decode()
            assert f'<html lang="{language}"' in text
            for code in ("identities.", "refused.", "authority.error.", "panel.", "moment."):
                assert f">{code}" not in text, (who, name, code)
