"""Nobody learns of an exhibit of a case that is not theirs: by no page, list, count, file, panel or moment; and by no form."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.http import Http404
from django.urls import get_resolver, reverse
from django.utils import timezone

from andon.console.audit.models import Entry
from andon.console.casework.actions.life import open_case
from andon.console.casework.actions.samples import draw
from andon.console.casework.timeline import moments
from andon.console.evidence.exhibits import jobs, on_case, visible
from andon.console.evidence.exhibits.actions.handing import give
from andon.console.evidence.exhibits.actions.handing_over import order_package
from andon.console.evidence.exhibits.models import CustodyLine, Exhibit, Handing, Package
from andon.console.evidence.exhibits.store import store
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
OUTSIDERS = ("hara", "kubo", "aoi", "sora", "kei", "nao", "everything")
_OF_ALL = ("exhibits:all",)


@pytest.fixture
def outsider(request: pytest.FixtureRequest, person: Callable[..., Person], police: Any) -> Callable[[str], Person]:
    """Somebody who is not in the case, by name."""

    def find(name: str) -> Person:
        if name == "everything":  # every role but the inspector's: the widest rights that a case worker can have
            return person("zenbu", *(role for role in Role if role is not Role.AUDITOR), unit=police)
        someone: Person = request.getfixturevalue(name)
        return someone

    return find


@pytest.fixture
def secret(taken: Exhibit, case: Case, mori: Person, hara: Person, kubo: Person, admit: Any, actor: Any) -> Exhibit:
    """An exhibit that is being handed on and was put into a package; hara and kubo were never let in."""
    package = order_package(actor(mori), case, [taken.pk], to="東京地検", only_disclosable=False, language="ja")
    jobs.run_checks()
    assert Package.objects.get(pk=package.pk).state == "done"
    return taken


def told(text: str, exhibit: Exhibit) -> list[str]:
    """What of the exhibit stands in a text."""
    parts = (exhibit.title, exhibit.code, exhibit.number, exhibit.device, exhibit.from_whom, exhibit.tree_sha256, "chat.txt", "東京地検")
    return [part for part in parts if part in text]


def addresses() -> list[str]:
    """The names of all addresses of this app."""
    groups: list[Any] = [group for group in get_resolver().url_patterns if getattr(group, "namespace", "") == "exhibits"]
    return [f"exhibits:{one.name}" for group in groups for one in group.url_patterns]


def places(name: str, case_id: int, exhibit: Exhibit) -> list[int | str]:
    """Numbers for the places of an address."""
    if name in _OF_ALL:
        return []
    if name in ("exhibits:list", "exhibits:take_in", "exhibits:hand_over", "exhibits:disclosures", "exhibits:disclosures_csv"):
        return [case_id]
    if name in ("exhibits:package", "exhibits:package_file"):
        return [case_id, Package.objects.get().pk]
    if name == "exhibits:file":
        return [case_id, exhibit.pk, store().manifest(exhibit.code).files[0].sha256]
    return [case_id, exhibit.pk, *([1] if name in ("exhibits:confirm", "exhibits:leave") else [])]


@pytest.mark.rule("A6", where="andon.console.evidence.exhibits.visible")
@pytest.mark.parametrize("name", OUTSIDERS)
def test_every_page_keeps_it(name: str, secret: Exhibit, outsider: Callable[[str], Person], browse: Any) -> None:
    """Every address, by GET and POST: nothing is told, and the case's own answer as those of a case that does not exist."""
    client = browse(outsider(name))
    seen = 0
    for address in addresses():
        for method in (client.get, client.post):
            answer = method(reverse(address, args=places(address, secret.case_id, secret)), {"q": "スマート", "exhibit": secret.pk, "to": "x"})
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert not told(body.decode(), secret), address
            if address not in _OF_ALL:
                other = method(reverse(address, args=places(address, secret.case_id + 1000, secret)), {"q": "スマート"})
                assert (answer.status_code, len(body)) == (other.status_code, len(other.content)), address
                assert answer.status_code in (403, 404, 405), address
                seen += 1
    assert seen > 30
    assert CustodyLine.objects.count() == 2


@pytest.mark.parametrize("name", OUTSIDERS)
def test_lists_counts_and_moments_keep_it(name: str, secret: Exhibit, outsider: Callable[[str], Person]) -> None:
    """Not listed, not counted, not on a line of time, not by its number."""
    someone = outsider(name)
    assert not visible.exhibits(someone).exists()
    with pytest.raises(Http404):
        visible.exhibit_or_404(someone, secret.pk)
    assert not [one for one in moments(secret.case, someone) if one.code == "exhibit"]
    found = on_case.panel(secret.case, someone)
    assert found is not None
    assert (found["count"], found["rows"]) == (0, [])


def test_exhibit_of_another_case_is_not_there(secret: Exhibit, hara: Person, actor: Any, browse: Any) -> None:
    """Somebody with a case of their own cannot reach it through that case's address; package and slip neither."""
    own = open_case(actor(hara), "別件", "general", ground="試験")
    client = browse(hara)
    for address in addresses():
        if address in _OF_ALL or len(places(address, own.pk, secret)) == 1:
            continue
        path = reverse(address, args=places(address, own.pk, secret))
        assert {client.get(path).status_code, client.post(path).status_code} <= {404, 405}, address
    assert client.post(reverse("exhibits:hand_over", args=[own.pk]), {"exhibit": secret.pk, "to": "x"}).status_code in (403, 409)
    assert Package.objects.count() == 1


def test_inspector_reads_and_changes_nothing(secret: Exhibit, person: Any, police: Any, actor: Any, browse: Any) -> None:
    """Who sampled the case reads the pages without forms; every POST is refused, and the package is not given out."""
    inspector = person("kansa", Role.AUDITOR, unit=police)
    draw(actor(inspector), [secret.case_id], ground="点検", until_at=timezone.now() + timedelta(days=3))
    client = browse(inspector)
    page = client.get(reverse("exhibits:exhibit", args=[secret.case_id, secret.pk]))
    assert page.status_code == 200
    assert "chat.txt" in page.content.decode()
    assert f"/{secret.pk}/seal/" not in page.content.decode()
    for address in addresses():
        if address not in _OF_ALL:
            assert client.post(reverse(address, args=places(address, secret.case_id, secret))).status_code in (403, 404, 405), address
    assert client.get(reverse("exhibits:package_file", args=[secret.case_id, Package.objects.get().pk])).status_code == 403
    assert client.get(reverse("exhibits:file", args=places("exhibits:file", secret.case_id, secret))).status_code == 403
    assert client.get(reverse("exhibits:disclosures", args=[secret.case_id])).status_code == 200


def test_trail_tells_no_words(secret: Exhibit, mori: Person, hara: Person, admit: Any, actor: Any) -> None:
    """Its entries hold numbers and hashes: no title, no place, no names of files or people."""
    admit(hara)
    give(actor(mori), secret.pk, hara.pk, place="第二取調室", how="手渡し")
    assert Handing.objects.get().taker == hara
    for entry in Entry.objects.filter(event__startswith="exhibits."):
        text = f"{entry.subject} {entry.facts}"
        for word in ("スマート", "領1", "試験機", "被疑者", "chat.txt", "保管室", "取調室", "手渡し", "差押え", "東京地検", "森", "原 "):
            assert word not in text, (entry.event, word)
