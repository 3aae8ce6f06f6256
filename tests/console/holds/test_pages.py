"""Pages of holds: listed for the unit, placed and ended by forms, read by nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from andon.console.audit.models import Entry
from andon.console.holds import targets
from andon.console.holds.models import Hold
from andon.console.holds.typed import target_of
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LIST = "/holds/"


def form(**more: Any) -> dict[str, Any]:
    """The form of placing, filled in."""
    today = timezone.now().date()
    days = {"until": (today + timedelta(days=20)).isoformat(), "review_at": (today + timedelta(days=10)).isoformat()}
    return {"kind": "contact", "key": "telegram:abcd", "reason": "undercover", "note": "", **days, **more}


def test_placing_by_the_form(aoi: Person, browse: Callable[[Person], Client]) -> None:
    """From the form to the page of the hold, which says why and until when."""
    answer = browse(aoi).post(reverse("holds:place"), form(ask=aoi.pk), follow=True)
    hold = Hold.objects.get()
    assert answer.redirect_chain == [(reverse("holds:hold", args=[hold.pk]), 302)]
    assert (hold.target, hold.by, hold.reason) == (targets.contact("telegram:abcd"), aoi, "undercover")
    assert hold.until.astimezone(UTC).strftime("%H:%M:%S") == "14:59:59"  # the end of the day in Japan
    body = answer.content.decode()
    assert "仮装身分捜査" in body
    assert "保全をかけました" in body


def test_what_the_form_refuses(aoi: Person, rei: Person, campaign: Callable[..., Campaign], browse: Callable[[Person], Client]) -> None:
    """A sentence on the form, and nothing placed."""
    client = browse(aoi)
    for wrong, sentence in (
        ({"key": "なし"}, "連絡先を 1 つ"),
        ({"kind": "campaign", "key": str(campaign().pk + 99)}, "その番号の"),
        ({"reason": "other"}, "理由を書いて"),
        ({"until": "2020-01-01"}, "期限は今日から"),
        ({"review_at": "2099-01-01"}, "見直し日は"),
    ):
        answer = client.post(reverse("holds:place"), form(ask=aoi.pk, **wrong))
        assert answer.status_code == 422, wrong
        assert sentence in answer.content.decode(), wrong
    assert client.post(reverse("holds:place"), form(ask=rei.pk)).status_code == 422
    assert not Hold.objects.exists()


def test_a_link_fills_the_target_in(aoi: Person, campaign: Callable[..., Campaign], browse: Callable[[Person], Client]) -> None:
    """From a card: what is to be held stands in the form."""
    body = browse(aoi).get(reverse("holds:place"), {"kind": "campaign", "key": campaign().pk}).content.decode()
    assert '<option value="campaign" selected>' in body


@pytest.mark.parametrize(
    ("kind", "typed", "target"),
    [
        ("campaign", "12", targets.campaign(12)), ("campaign", "#12", targets.campaign(12)), ("campaign", "https://desk.example/review/12", targets.campaign(12)),
        ("post", " 7 ", targets.post(7)), ("contact", "telegram:ABCD", targets.contact("telegram:abcd")), ("contact", "https://t.me/abcd", targets.contact("telegram:abcd")),
        ("contact", "テレグラム @abcd_x", targets.contact("telegram:abcd_x")), ("account", "x:@Boss_01", targets.account("x", "boss_01")),
    ],
)  # fmt: skip
def test_what_is_typed(kind: str, typed: str, target: Any) -> None:
    """As posts write it, or as the desk does."""
    assert target_of(kind, typed) == target


@pytest.mark.parametrize(("kind", "typed"), [("campaign", "十二"), ("post", ""), ("contact", "abcd"), ("contact", "https://example.com/"), ("account", "boss"), ("case", "1")])
def test_what_means_nothing(kind: str, typed: str) -> None:
    """Is refused rather than guessed."""
    with pytest.raises(Refused):
        target_of(kind, typed)


def test_the_list_shows_what_asks_first(aoi: Person, held: Callable[..., Hold], browse: Callable[[Person], Client]) -> None:
    """An expired hold is the first page that one sees; all that stand are under the next tab, lifted ones under the last."""
    now = timezone.now()
    held(aoi, targets.contact("telegram:old"), now=now - timedelta(days=40), days=20)
    held(aoi, targets.contact("telegram:new"), now=now)
    client = browse(aoi)
    asking = client.get(LIST).content.decode()
    assert "telegram:old" in asking
    assert "telegram:new" not in asking
    assert "期限超過" in asking
    standing = client.get(LIST, {"tab": "standing"}).content.decode()
    assert "telegram:old" in standing
    assert "telegram:new" in standing
    assert "telegram" not in client.get(LIST, {"tab": "lifted"}).content.decode()
    assert "telegram:new" in client.get(LIST, {"tab": "standing", "q": "new"}).content.decode()
    assert "telegram:new" not in client.get(LIST, {"tab": "standing", "q": "old"}).content.decode()


def test_another_units_holds_are_no_page(aoi: Person, rei: Person, held: Callable[..., Hold], browse: Callable[[Person], Client]) -> None:
    """Neither listed nor opened, nor prolonged or lifted by address."""
    hold = held(rei, targets.contact("telegram:secret"), now=timezone.now())
    client = browse(aoi)
    assert "telegram:secret" not in client.get(LIST, {"tab": "standing"}).content.decode()
    assert client.get(reverse("holds:hold", args=[hold.pk])).status_code == 404
    assert client.post(reverse("holds:prolong", args=[hold.pk]), {}).status_code == 404


def test_two_units_on_one_target(aoi: Person, rei: Person, held: Callable[..., Hold], browse: Callable[[Person], Client]) -> None:
    """Each sees that the other holds it too and whom to ask, not why."""
    mine = held(aoi, targets.contact("telegram:both"), now=timezone.now(), note="当方の事情")
    held(rei, targets.contact("telegram:both"), now=timezone.now(), note="他県の事情")
    body = browse(aoi).get(reverse("holds:hold", args=[mine.pk])).content.decode()
    assert f"{rei.unit.name}も同じ対象に保全" in body
    assert "当方の事情" in body
    assert "他県の事情" not in body


def test_reading_is_an_event(aoi: Person, held: Callable[..., Hold], browse: Callable[[Person], Client]) -> None:
    """The page says why: who read it is kept."""
    hold = held(aoi, targets.contact("telegram:abc"), now=timezone.now())
    browse(aoi).get(reverse("holds:hold", args=[hold.pk]))
    assert Entry.objects.get(event="holds.opened").subject == f"hold:{hold.pk}"


def test_prolonging_and_lifting_by_forms(aoi: Person, sora: Person, held: Callable[..., Hold], browse: Callable[[Person], Client]) -> None:
    """A colleague prolongs, a supervisor lifts; an analyst is not offered to."""
    hold = held(aoi, targets.contact("telegram:abc"), now=timezone.now() - timedelta(days=30), days=10)
    new = {name: value for name, value in form(note="捜査が続く").items() if name in ("until", "review_at", "note")}
    page = reverse("holds:hold", args=[hold.pk])
    assert "期限（" in browse(aoi).get(page).content.decode()
    assert reverse("holds:lift", args=[hold.pk]) not in browse(aoi).get(page).content.decode()
    assert "延長しました" in browse(aoi).post(reverse("holds:prolong", args=[hold.pk]), new, follow=True).content.decode()
    assert browse(sora).post(reverse("holds:lift", args=[hold.pk]), {"note": ""}).status_code == 422
    body = browse(sora).post(reverse("holds:lift", args=[hold.pk]), {"note": "終わった"}, follow=True).content.decode()
    assert "解除しました" in body
    assert "終わった" in body
    hold.refresh_from_db()
    assert hold.lifted_by == sora


def test_english_says_the_same(aoi: Person, held: Callable[..., Hold], browse: Callable[[Person], Client]) -> None:
    """No code shows through in either language."""
    hold = held(aoi, targets.contact("telegram:abc"), now=timezone.now())
    for language in ("ja", "en"):
        aoi.__class__.objects.filter(pk=aoi.pk)
        client = browse(aoi)
        client.cookies["django_language"] = language
        for path in (LIST + "?tab=standing", reverse("holds:place"), reverse("holds:hold", args=[hold.pk])):
            assert "holds." not in client.get(path).content.decode().replace("holds.css", ""), path


def test_few_questions_for_a_full_page(aoi: Person, held: Callable[..., Hold], campaign: Callable[..., Campaign], browse: Callable[[Person], Client], django_assert_max_num_queries: Any) -> None:
    """Fifty holds of all kinds are listed with a bounded number of questions."""
    now = timezone.now()
    for k in range(8):
        one = campaign(posts=1)
        held(aoi, targets.campaign(one.pk), now=now)
        held(aoi, targets.post(one.example_id or 0), now=now)
        held(aoi, targets.contact(f"telegram:c{k}"), now=now)
    client = browse(aoi)
    client.get(LIST)
    with django_assert_max_num_queries(16):
        assert client.get(LIST, {"tab": "standing"}).status_code == 200
