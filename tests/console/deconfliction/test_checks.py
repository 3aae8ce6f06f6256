"""The blind check: what it finds, what stands in the register, what stops a list."""

from __future__ import annotations

import pytest
from authority_help import DAY, NOW, World, nobody_objects
from decon_help import GROUND, HOUR, granted, looks, meets, the_clash
from django.core.serializers import serialize
from django.db import DatabaseError, transaction

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework.actions.links import attach
from andon.console.casework.models import CaseLink
from andon.console.holds import targets
from andon.console.holds.actions.place import Terms, place
from andon.console.intake.models import Contact, PostContact
from andon.console.measures.common.models import Notice, Provider
from andon.console.measures.kinds.removal.models import Item, Request
from andon.console.undercover.authority.actions import asking, deciding, running
from andon.console.undercover.authority.codes import State
from andon.console.undercover.deconfliction import keyed, rules
from andon.console.undercover.deconfliction.actions.check import check
from andon.console.undercover.deconfliction.models import Check, Clash, Opening, Side, Step, Watch
from andon.console.undercover.deconfliction.sides import faces
from andon.console.undercover.deconfliction.sources import touching
from andon.domain.errors import Conflict, Refused

pytestmark = pytest.mark.django_db
CHECK = "andon.console.undercover.deconfliction.actions.check"
KEYED = "andon.console.undercover.deconfliction.keyed"
ON_PLANS = "andon.console.undercover.deconfliction.on_plans"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("telegram:boss_inv", "@Boss_Inv"), ("t.me/boss_inv", "ＢＯＳＳ＿ｉｎｖ"), ("https://t.me/s/Boss_inv", "boss_inv"), ("b\u200boss_inv", "boss_inv"),
        ("phone:090-1234-5678", "sms:０９０１２３４５６７８"),
    ],
)  # fmt: skip
def test_one_account_is_one_value(one: str, other: str) -> None:
    """However it was typed."""
    assert keyed.handle(one, "telegram").key == keyed.handle(other, "telegram").key


def test_one_number_is_one_value() -> None:
    """Width, hyphens, Japanese numerals and the country's code do not count."""
    assert {keyed.phone(one).key for one in ("090-1234-5678", "０９０１２３４５６７８", "+81 90 1234 5678", "〇九〇一二三四五六七八")} == {
        "telephone:09012345678"
    }


@pytest.mark.parametrize("text", ["", "@", "telegram:", "a", "123"])
def test_no_value_is_refused(text: str) -> None:
    """What names nobody."""
    with pytest.raises(Refused):
        keyed.phone(text)
    if text != "123":
        with pytest.raises(Refused):
            keyed.handle(text, "telegram")


def test_wards_of_a_city_are_the_city() -> None:
    """One call too many rather than one too few."""
    assert keyed.area_of("横浜市西区") == keyed.area_of("横浜市") == "横浜市"
    assert keyed.area_of("新宿区西新宿") == "新宿区"
    with pytest.raises(Refused):
        keyed.area_of("西新宿")


def test_a_conflict_is_found_over_units(tokyo: World, osaka: World) -> None:
    """Both sides are told once, and each learns an office and a name."""
    plan = granted(osaka)
    clash = the_clash(looks(tokyo, "@BOSS"))
    assert set(Side.objects.filter(clash=clash).values_list("case", flat=True)) == {tokyo.case.pk if tokyo.case else 0, plan.case_id}
    shown = faces(Side.objects.filter(clash=clash).select_related("unit", "case", "case__opened_by", "plan", "plan__coordinator", "hold", "asked"))
    assert {one.name for one in shown.values()} == {tokyo.people["toru"].name, osaka.people["sora"].name}
    assert set(Notice.objects.filter(code="deconfliction_found").values_list("person", flat=True)) == {
        tokyo.people["toru"].pk,
        osaka.people["sora"].pk,
    }
    assert looks(tokyo, "t.me/boss", now=NOW + HOUR).clashes == (clash,)
    assert Step.objects.count() == 1


def test_who_checks_is_seen_too(tokyo: World, osaka: World) -> None:
    """A value that was checked by hand stands in the register for a time: who comes after meets it."""
    assert looks(tokyo, "boss").clashes == ()
    the_clash(looks(osaka, "boss", now=NOW + DAY))
    late = NOW + rules.KEPT_FOR + 2 * DAY
    assert looks(osaka, "another_one", now=late).clashes == ()


def test_own_cover_accounts_count(tokyo: World, osaka: World) -> None:
    """Whoever takes another unit's officer for a recruiter learns that there is somebody to call."""
    granted(osaka, accounts=["telegram:tanaka_inv"], targets=["telegram:x_inv"])
    assert len(looks(tokyo, "tanaka_inv").clashes) == 1


def test_own_case_is_no_conflict(tokyo: World) -> None:
    """With itself."""
    granted(tokyo)
    assert looks(tokyo, "boss", "taro").clashes == ()


def test_a_plan_is_compared_when_it_is_granted(tokyo: World, osaka: World) -> None:
    """Not before: a draft is no way to try names. An amendment brings what it adds."""
    plan = granted(osaka, targets=["telegram:first_inv"])
    other = tokyo.plan_in(State.SUBMITTED, targets=["telegram:first_inv"], accounts=["telegram:hers_inv"])
    assert not Clash.objects.exists()
    assert not Watch.objects.filter(plan=other).exists()
    deciding.approve(tokyo.at("mio"), other.pk, now=NOW)
    assert Clash.objects.count() == 1
    asking.ask_amendment(osaka.at("toru"), plan.pk, adds={"targets": ["telegram:second_inv"]}, why="相手が別のアカウントへ移った", now=NOW)
    deciding.amend(osaka.at("mio"), plan.pk, now=NOW)
    assert Watch.objects.filter(plan=plan, digest=keyed.digest("telegram:second_inv")).exists()


def test_a_plan_that_is_over_leaves_the_register(tokyo: World, osaka: World) -> None:
    """Nobody is called for what has ended."""
    plan = granted(osaka)
    running.cancel(osaka.at("sora"), plan.pk, "grounds_gone", "投稿者が捕まった", now=NOW + DAY)
    assert looks(tokyo, "boss", now=NOW + 2 * DAY).clashes == ()


def test_the_same_recruitment_post_is_a_conflict(tokyo: World, osaka: World) -> None:
    """Two cases that answer one post."""
    assert osaka.post is not None
    granted(osaka, targets=["telegram:a_inv"], accounts=["telegram:b_inv"])
    granted(tokyo, targets=["telegram:c_inv"], accounts=["telegram:d_inv"], posts=[osaka.post.pk])
    assert Clash.objects.count() == 1


def test_a_hold_counts(tokyo: World, osaka: World) -> None:
    """Of another unit, on the contact itself: its unit is called, and told."""
    with gate._door():
        Contact.objects.create(key="telegram:boss", type="telegram", value="boss", posts=1)
    terms = Terms("evidence", NOW + 30 * DAY, NOW + 10 * DAY)
    hold = place(osaka.at("toru"), targets.contact("telegram:boss"), terms, now=NOW)
    clash = the_clash(looks(tokyo, "boss"))
    assert clash.sides.get(number=2).hold == hold
    assert Notice.objects.filter(person=osaka.people["toru"], code="deconfliction_found").exists()


def test_a_hold_on_a_post_that_carries_the_value_counts(tokyo: World, osaka: World) -> None:
    """And one that the case itself has does not."""
    assert osaka.post is not None
    with gate._door():
        contact = Contact.objects.create(key="telegram:boss", type="telegram", value="boss", posts=1)
        PostContact.objects.create(post=osaka.post, contact=contact)
    hold = place(osaka.at("toru"), targets.post(osaka.post.pk), Terms("undercover", NOW + 30 * DAY, NOW + 10 * DAY), now=NOW)
    assert len(looks(tokyo, "boss").clashes) == 1
    assert osaka.case is not None
    with gate._door():
        attach(osaka.case, CaseLink.Kind.HOLD, str(hold.pk), by=osaka.people["toru"], at=NOW)
    assert [one.origin for one in touching(keyed.handle("boss", "telegram"), osaka.case, now=NOW)] == []


@pytest.mark.parametrize(
    ("state", "given_up", "counts"), [("waiting", False, True), ("asked", False, True), ("gone", False, False), ("waiting", True, False)]
)
def test_a_post_that_is_to_be_removed_counts(state: str, given_up: bool, counts: bool, tokyo: World, osaka: World) -> None:  # noqa: FBT001 - a table
    """Its unit is called, by who drafted the request; what is gone or given up is no conflict."""
    assert osaka.post is not None
    with gate._door():
        contact = Contact.objects.create(key="telegram:boss", type="telegram", value="boss", posts=1)
        PostContact.objects.create(post=osaka.post, contact=contact)
        provider = Provider.objects.create(code="p", name="見本社", name_en="Mihon", country="JP", channel="form")
        request = Request.objects.create(
            campaign=osaka.post.campaign, provider=provider, unit=osaka.unit,
            drafted_by=osaka.people["toru"], state="cancelled" if given_up else "sent",
        )  # fmt: skip
        Item.objects.create(request=request, post=osaka.post, state=state, month="2026-11")
    found = looks(tokyo, "boss").clashes
    assert bool(found) is counts
    if found:
        assert found[0].sides.get(number=2).asked == osaka.people["toru"]


def test_a_plan_comes_before_what_was_checked_by_hand(tokyo: World, osaka: World) -> None:
    """The other side is its plan, whichever of the two was there first and whatever the database."""
    looks(osaka, "boss")
    plan = granted(osaka, targets=["telegram:boss"])
    assert the_clash(looks(tokyo, "boss")).sides.get(number=2).plan == plan


@pytest.mark.rule("A4", where=ON_PLANS)
def test_a_plan_with_an_open_conflict_does_not_begin(tokyo: World, osaka: World) -> None:
    """Nor does one that was never compared; a plan without conflicts begins."""
    granted(osaka)
    plan = tokyo.plan_in(State.NOTIFIED)
    with pytest.raises(Refused) as refused:
        running.begin(tokyo.at("sora"), plan.pk, now=NOW)
    assert refused.value.data["reason"] == "deconfliction_open"
    with gate._door():
        Clash.objects.update(state="dealt")
    assert running.begin(tokyo.at("sora"), plan.pk, now=NOW).state == State.ACTIVE


def test_a_plan_that_was_never_compared_does_not_begin(tokyo: World) -> None:
    """It was granted before there was a register."""
    from andon.console.undercover.authority import hooks  # noqa: PLC0415 - changed for this test alone

    hooks.AFTER_STATE.clear()
    plan = tokyo.plan_in(State.NOTIFIED)
    with pytest.raises(Refused) as refused:
        running.begin(tokyo.at("sora"), plan.pk, now=NOW)
    assert refused.value.data["reason"] == "deconfliction_unchecked"


# Against its use as an oracle


@pytest.mark.rule("O1", where=CHECK)
def test_a_list_is_refused(tokyo: World) -> None:
    """More values than somebody has, several in one field, none at all: refused, and the first two stand in the trail."""
    for several in ("a_inv b_inv", "a_inv,b_inv", "a_inv、b_inv", "a_inv;b_inv", "a_inv\nb_inv"):
        with pytest.raises(Refused):
            keyed.handle(several, "telegram")
    with pytest.raises(Refused):
        keyed.phone("090-1234-5678 080-1234-5678")
    with pytest.raises(Refused) as refused:
        looks(tokyo, *[f"name{number}_inv" for number in range(rules.MOST_VALUES + 1)])
    assert refused.value.data["reason"] == "deconfliction_list"
    assert Entry.objects.filter(event="gate.refused", subject="deconfliction.checked").count() == 1
    assert not Watch.objects.exists()
    with pytest.raises(Refused):
        looks(tokyo)


@pytest.mark.rule("O1", where=CHECK)
def test_a_person_has_so_many_a_day(tokyo: World) -> None:
    """Over all cases; the attempt beyond is kept, and the next day begins anew."""
    for number in range(rules.DAY_VALUES // 2):
        looks(tokyo, f"one{number}_inv", f"two{number}_inv")
    with pytest.raises(Refused) as refused:
        looks(tokyo, "one_more_inv")
    assert refused.value.data["reason"] == "deconfliction_limit"
    assert Entry.objects.filter(event="gate.refused", subject="deconfliction.checked").count() == 1
    looks(tokyo, "one_more_inv", now=NOW + DAY)


@pytest.mark.rule("O1", where=CHECK)
@pytest.mark.parametrize("who", ["rin", "mio", "kei", "goro", "ken"])
def test_only_who_works_on_the_case_checks(tokyo: World, who: str) -> None:
    """A custodian, a chief, an inspector, another prefecture's chief, an investigator of the same unit who is not in the case."""
    with pytest.raises(Refused):
        looks(tokyo, "boss", who=who)
    assert not Check.objects.exists()


def test_a_check_has_a_ground(tokyo: World) -> None:
    """In words."""
    with pytest.raises(Refused) as refused:
        looks(tokyo, "boss", ground="なんとなく")
    assert refused.value.data["reason"] == "deconfliction_ground"


def test_a_check_is_kept(tokyo: World) -> None:
    """Who, when, for which case, how many values: in the register and in the trail; not which."""
    made = looks(tokyo, "boss").check
    assert (made.by_id, made.ground, made.values, made.conflicts, made.by_hand) == (tokyo.people["toru"].pk, GROUND, 1, 0, True)
    entry = Entry.objects.get(event="deconfliction.checked")
    assert entry.facts == {"check": made.pk, "values": 1, "conflicts": 0}


def test_an_area_has_hours(tokyo: World) -> None:
    """A week of an area would be a list, too."""
    assert tokyo.case is not None
    week = keyed.place("東京都", "新宿区", NOW, NOW + 7 * DAY)
    with pytest.raises(Refused) as refused:
        check(tokyo.at("toru"), tokyo.case.pk, [week], GROUND, now=NOW)
    assert refused.value.data["reason"] == "deconfliction_hours"


# The register


@pytest.mark.rule("O1", where=KEYED)
def test_the_register_says_nothing_without_its_key(tokyo: World, osaka: World, tmp_path: object, settings: object) -> None:
    """No value stands in any table of the app in clear, and with another key the same value has another hash: a dictionary of handles is no help."""
    granted(osaka, targets=["telegram:secret_target_inv"], accounts=["telegram:secret_own_inv"])
    looks(tokyo, "secret_target_inv")
    everything = "".join(serialize("json", model.objects.all()) for model in (Watch, Check, Clash, Side, Step, Opening))
    for word in ("secret_target", "secret_own", "telegram"):
        assert word not in everything
    before = keyed.digest("telegram:secret_target_inv")
    assert before in everything
    settings.HOME = settings.HOME / "another"  # type: ignore[attr-defined] - the fixture of the settings
    assert keyed.digest("telegram:secret_target_inv") != before


def test_what_was_done_is_only_added_to(tokyo: World, osaka: World) -> None:
    """The database itself refuses to change or delete checks, sides, steps and openings."""
    granted(osaka)
    looks(tokyo, "boss")
    with gate._door():
        for model in (Check, Side, Step):
            with pytest.raises(DatabaseError), transaction.atomic():
                model.objects.all().delete()
            with pytest.raises(DatabaseError), transaction.atomic():
                model.objects.update(id=99)


# Place and time


def test_meetings_in_one_area_at_overlapping_hours_meet(tokyo: World, osaka: World) -> None:
    """Whatever the street; hours that only touch, and other areas, do not."""
    one, other = granted(tokyo), granted(osaka, targets=["telegram:p_inv"], accounts=["telegram:q_inv"])
    start = NOW + DAY
    assert meets(osaka, other, "新宿区西新宿", start).clashes == ()
    assert meets(tokyo, one, "新宿区", start + 2 * HOUR).clashes == ()
    assert meets(tokyo, one, "渋谷区", start).clashes == ()
    assert meets(tokyo, one, "新宿区", start, prefecture="大阪府").clashes == ()
    assert len(meets(tokyo, one, "新宿区歌舞伎町", start + HOUR).clashes) == 1


def test_a_place_is_checked_by_hand_too(tokyo: World, osaka: World) -> None:
    """Before a meeting is planned."""
    other = granted(osaka)
    meets(osaka, other, "新宿区", NOW + DAY)
    assert tokyo.case is not None
    found = check(tokyo.at("toru"), tokyo.case.pk, [keyed.place("東京都", "新宿区", NOW + DAY, NOW + DAY + HOUR)], GROUND, now=NOW)
    assert len(found.clashes) == 1


def test_a_cancelled_meeting_leaves_the_register(tokyo: World, osaka: World) -> None:
    """And its conflict is not found again."""
    from andon.console.undercover.deconfliction.actions.meet import cancel_meeting  # noqa: PLC0415 - used here alone

    one, other = granted(tokyo), granted(osaka, targets=["telegram:p_inv"], accounts=["telegram:q_inv"])
    made = meets(osaka, other, "新宿区", NOW + DAY).meeting
    cancel_meeting(osaka.at("toru"), made.pk, now=NOW + HOUR)
    assert meets(tokyo, one, "新宿区", NOW + DAY).clashes == ()
    assert Entry.objects.filter(event="deconfliction.meeting_cancelled").exists()
    with pytest.raises(Conflict):
        cancel_meeting(osaka.at("toru"), made.pk, now=NOW + HOUR)


def test_a_plan_that_is_over_has_no_meetings_to_come(tokyo: World) -> None:
    """They leave the board with it; one that has begun stays what it was."""
    plan = granted(tokyo)
    begun, to_come = meets(tokyo, plan, "新宿区", NOW + HOUR).meeting, meets(tokyo, plan, "渋谷区", NOW + DAY).meeting
    running.cancel(tokyo.at("sora"), plan.pk, "identity_noticed", "見本", now=NOW + 2 * HOUR)
    begun.refresh_from_db()
    to_come.refresh_from_db()
    assert (begun.cancelled_at, to_come.cancelled_at) == (None, NOW + 2 * HOUR)


def test_meetings_make_sense(tokyo: World) -> None:
    """Officers of the plan, hours to come, a plan that is to be carried out, by who logs in the case."""
    from andon.console.undercover.deconfliction.actions.meet import Where, plan_meeting  # noqa: PLC0415 - used here alone

    plan = granted(tokyo)
    good = {"prefecture": "東京都", "municipality": "新宿区", "place": "", "starts_at": NOW + HOUR, "ends_at": NOW + 2 * HOUR, "officers": ("K-7",)}
    bad = [
        {"officers": ("K-9",)},
        {"officers": ()},
        {"ends_at": NOW},
        {"ends_at": NOW + 3 * DAY},
        {"municipality": "どこか"},
        {"prefecture": "Atlantis"},
    ]
    for wrong in bad:
        with pytest.raises(Refused):
            plan_meeting(tokyo.at("toru"), plan.pk, Where(**(good | wrong)), now=NOW)  # type: ignore[arg-type] - wrong on purpose
    for who in ("ken", "mio", "kei", "goro"):
        with pytest.raises((Refused, Conflict)):
            plan_meeting(tokyo.at(who), plan.pk, Where(**good), now=NOW)  # type: ignore[arg-type] - of several kinds
    with nobody_objects():
        running.cancel(tokyo.at("sora"), plan.pk, "grounds_gone", "投稿が消えた", now=NOW)
    with pytest.raises(Conflict):
        plan_meeting(tokyo.at("toru"), plan.pk, Where(**good), now=NOW)  # type: ignore[arg-type] - of several kinds
