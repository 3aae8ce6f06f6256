"""The pages of this app: who sees them, what they say, how few queries they take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.intake.engine import in_use
from andon.console.intake.models import Campaign, SignalDay
from andon.console.learning import tasks
from andon.console.learning.actions.fit import fit
from andon.console.learning.actions.promote import promote
from andon.console.learning.models import Fitting
from andon.console.learning.run import run
from andon.detection.signals.registry import all_signals
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from andon.console.review.models import Decision
    from andon.console.staff.models import Person

    Browse = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared(corpus: Path, busy_desk: None, sora: Person, actor: Callable[..., gate.Actor]) -> Fitting:
    """A fit that is done."""
    return run(fit(actor(sora)).pk)


def test_model_page(aoi: Person, browse: Browse, django_assert_max_num_queries: Callable[[int], object]) -> None:
    """The model page names the model in use and shows its card, in few queries; an analyst cannot start a fit there."""
    client = browse(aoi)
    client.get("/learning/")
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        page = client.get("/learning/").content.decode()
    assert in_use().version.sha256[:12] in page
    assert "andon モデルカード" in page
    assert "/learning/fit/" not in page


def test_model_page_of_a_supervisor(compared: Fitting, sora: Person, browse: Browse, django_assert_max_num_queries: Callable[[int], object]) -> None:
    """A supervisor sees the fits and may start one; the golden set's figures come with their counts."""
    client = browse(sora)
    client.get("/learning/")
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        page = client.get("/learning/").content.decode()
    assert f"/learning/fittings/{compared.pk}/" in page
    assert 'action="/learning/fit/"' in page
    assert "募集 15、無害 24" in page
    assert '<svg class="plot"' in page


def test_comparison_page(compared: Fitting, sora: Person, browse: Browse, django_assert_max_num_queries: Callable[[int], object]) -> None:
    """The comparison shows both models beside each other, names campaigns that move, and that it was opened is kept."""
    client = browse(sora)
    client.get("/learning/")
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        page = client.get(f"/learning/fittings/{compared.pk}/").content.decode()
    assert compared.candidate is not None
    assert compared.candidate.sha256[:12] in page
    assert f'action="/learning/models/{compared.candidate_id}/promote/"' in page
    moved = compared.comparison["today"]["up"] + compared.comparison["today"]["down"]
    assert moved
    for campaign, *_ in moved:
        assert reverse("review:card", args=[campaign]) in page
    assert Entry.objects.filter(event="learning.comparison_opened", person=sora.pk).exists()


def test_auditors_see_figures_and_no_posts(compared: Fitting, kei: Person, browse: Browse) -> None:
    """Who reads no posts sees the comparison without the campaigns' texts, and a signal without examples."""
    client = browse(kei)
    tasks.count_signals.call()
    page = client.get(f"/learning/fittings/{compared.pk}/").content.decode()
    signal = client.get("/learning/signals/receive_parcel/").content.decode()
    for one in Campaign.objects.all():
        assert one.title not in page
        assert one.title not in signal
    assert not Entry.objects.filter(event__in=("learning.comparison_opened", "learning.signal_opened")).exists()


def test_who_may_not(nao: Person, compared: Fitting, browse: Browse) -> None:
    """An administrator reads neither model nor signals; nobody unknown does."""
    client = browse(nao)
    for address in ("", "signals/", "signals/receive_parcel/", f"fittings/{compared.pk}/", f"fittings/{compared.pk}/progress/"):
        assert client.get(f"/learning/{address}").status_code == 403
    for address in ("fit/", "signals/count/"):
        assert client.post(f"/learning/{address}").status_code == 403
    for address in ("roll-back/", f"models/{compared.candidate_id}/promote/"):
        assert client.post(f"/learning/{address}").status_code == 403


def test_a_failed_fit_says_why_on_its_page(corpus: Path, busy_desk: None, sora: Person, actor: Callable[..., gate.Actor], browse: Browse) -> None:
    """The page of a failed fit gives the reason as a sentence, in the reader's language."""
    waiting = fit(actor(sora))
    (corpus / "seeds" / "recruit.txt").write_text("no header", encoding="utf-8")
    run(waiting.pk)
    assert "recruit.txt の 1 行目より前に" in browse(sora).get(f"/learning/fittings/{waiting.pk}/").content.decode()


def test_starting_a_fit_on_the_screen(corpus: Path, busy_desk: None, sora: Person, browse: Browse) -> None:
    """The button makes a fit that waits, and the page shows how far it is, asking again by itself."""
    client = browse(sora)
    assert client.post("/learning/fit/").status_code == 302
    waiting = Fitting.objects.get()
    assert f"/learning/fittings/{waiting.pk}/progress/" in client.get("/learning/").content.decode()
    part = client.get(f"/learning/fittings/{waiting.pk}/progress/")
    assert "HX-Refresh" not in part.headers
    with gate._door():
        Fitting.objects.update(state="failed", problem={"code": "learning.problem.silent", "data": {}})
    assert client.get(f"/learning/fittings/{waiting.pk}/progress/").headers["HX-Refresh"] == "true"


def test_a_fit_without_decisions_says_so(corpus: Path, sora: Person, browse: Browse) -> None:
    """Pressing the button with nothing to learn from gives a sentence on the page."""
    page = browse(sora).post("/learning/fit/", follow=True).content.decode()
    assert "学ぶ材料になる判断がまだありません" in page
    assert not Fitting.objects.exists()


def test_past_models_are_listed(compared: Fitting, sora: Person, aoi: Person, actor: Callable[..., gate.Actor], browse: Browse) -> None:
    """Who put a model to use and why stands on the page; whatever was typed is text, not markup."""
    promote(actor(sora), compared.candidate_id or 0, note="<b>見落とし</b>が減る", in_use_id=in_use().version.pk)
    page = browse(aoi).get("/learning/").content.decode()
    assert "&lt;b&gt;見落とし&lt;/b&gt;が減る" in page
    assert sora.name in page


def test_signals_page(aoi: Person, browse: Browse, django_assert_max_num_queries: Callable[[int], object]) -> None:
    """All signals stand on the page, with their weight and their hits, in few queries whatever their number."""
    with gate._door():
        today = timezone.now().astimezone(JAPAN).date()
        SignalDay.objects.bulk_create([SignalDay(signal=one.name, day=today, posts=4) for one in all_signals()])
    client = browse(aoi)
    client.get("/learning/signals/")
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        page = client.get("/learning/signals/").content.decode()
    assert all(f"/learning/signals/{one.name}/" in page for one in all_signals())


def test_signals_are_filtered_by_htmx(aoi: Person, browse: Browse) -> None:
    """The search box gets the list alone; without HTMX the same address gives the whole page."""
    client = browse(aoi)
    part = client.get("/learning/signals/?q=荷物の受け取り", headers={"HX-Request": "true"}).content.decode()
    whole = client.get("/learning/signals/?q=荷物の受け取り").content.decode()
    assert "receive_parcel" in part
    assert "<html" not in part
    assert "<html" in whole
    assert "crime_money" not in part


def test_signal_page_shows_examples(
    campaign: Callable[..., Campaign], decided: Callable[..., Decision], aoi: Person, browse: Browse, django_assert_max_num_queries: Callable[[int], object],
) -> None:  # fmt: skip
    """A signal's page shows posts it fired in, with the place lit, and keeps in the trail which were shown."""
    decided(campaign("自宅で荷物受け取りの仕事 <script>", posts=2), "recruitment", "parcel")
    tasks.count_signals.call()
    client = browse(aoi)
    client.get("/learning/signals/receive_parcel/")
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
        page = client.get("/learning/signals/receive_parcel/").content.decode()
    assert '<mark class="hit hit--found">自宅で荷物</mark>' in page
    assert "&lt;script&gt;" in page
    assert len(Entry.objects.filter(event="learning.signal_opened").latest("number").facts["posts"]) == 1


def test_unknown_signal(aoi: Person, browse: Browse) -> None:
    """A name that is no signal gives the page that says so."""
    assert browse(aoi).get("/learning/signals/nothing/").status_code == 404


def test_english(aoi: Person, compared: Fitting, browse: Browse) -> None:
    """All pages are there in English; no code of a sentence is left."""
    with gate._door():
        type(aoi).objects.filter(pk=aoi.pk).update(language="en")
    aoi.refresh_from_db()
    client = browse(aoi)
    for address, word in (("", "In use"), ("signals/", "Why it counts"), ("signals/receive_parcel/", "When it misleads"), (f"fittings/{compared.pk}/", "Candidate")):
        page = client.get(f"/learning/{address}").content.decode()
        assert word in page
        assert 'lang="en"' in page
        assert ">learning." not in page
