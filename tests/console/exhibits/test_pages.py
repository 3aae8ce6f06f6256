"""The pages: what they show, and how few queries they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from andon.console.evidence.exhibits import copying, jobs
from andon.console.evidence.exhibits.models import Check, Exhibit, Package

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def address(name: str, exhibit: Exhibit, *more: int) -> str:
    """Of an exhibit."""
    return reverse(f"exhibits:{name}", args=[exhibit.case_id, exhibit.pk, *more])


def test_exhibit_is_shown_with_files_hashes_and_trail(taken: Exhibit, mori: Person, browse: Any) -> None:
    """Its facts, every file with its hash, who took it in, and the line's anchor to copy."""
    text = browse(mori).get(address("exhibit", taken)).content.decode()
    for part in ("押収スマートフォン", "領1", "試験機 15", "被疑者A", "chat.txt", "photo.jpg", taken.tree_sha256, "森 一郎（試験県警 捜査第二課・mori）"):
        assert part in text, part
    assert 'data-copy="1:' in text


def test_lists_of_a_case_and_of_all(taken: Exhibit, case: Case, mori: Person, browse: Any) -> None:
    """It stands on both, and is found by its words and by who holds it."""
    client = browse(mori)
    for path in (reverse("exhibits:list", args=[case.pk]), reverse("exhibits:all")):
        for query, is_there in (({}, True), ({"q": "スマート"}, True), ({"q": "ない"}, False), ({"mine": "1"}, True)):
            assert ("押収スマートフォン" in client.get(path, query).content.decode()) is is_there, (path, query)


def test_case_page_has_panel_and_moments(taken: Exhibit, case: Case, mori: Person, browse: Any) -> None:
    """The panel links to it, and the line of time tells when it was taken in."""
    text = browse(mori).get(reverse("casework:case", args=[case.pk])).content.decode()
    assert address("exhibit", taken) in text
    assert "E0001 押収スマートフォン を受入れ" in text


def test_verify_by_button(taken: Exhibit, mori: Person, browse: Any) -> None:
    """The worker verifies; the page says that everything is as it was; the trail has it."""
    client = browse(mori)
    client.post(address("verify", taken))
    assert "hx-get" in client.get(address("exhibit", taken)).content.decode()
    assert jobs.run_checks() == 1
    assert Check.objects.get().line == 2
    text = client.get(address("exhibit", taken)).content.decode()
    assert "複製・目録・保管記録は元のままです" in text
    assert client.get(address("progress", taken)).headers["HX-Refresh"] == "true"


def test_package_by_form(taken: Exhibit, case: Case, mori: Person, browse: Any) -> None:
    """Ordered on the form, made by the worker, fetched as one file."""
    client = browse(mori)
    path = reverse("exhibits:hand_over", args=[case.pk])
    assert "押収スマートフォン" in client.get(path, {"exhibit": taken.pk}).content.decode()
    assert client.post(path, {"to": "", "exhibit": taken.pk}).status_code == 422
    assert client.post(path, {"to": "東京地検"}).status_code == 422
    assert client.post(path, {"to": "東京地検", "exhibit": taken.pk}).status_code == 302
    jobs.run_checks()
    package = Package.objects.get()
    assert package.state == "done", package.problem
    text = client.get(reverse("exhibits:list", args=[case.pk])).content.decode()
    assert package.sha256 in text
    answer = client.get(reverse("exhibits:package_file", args=[case.pk, package.pk]))
    assert len(b"".join(answer.streaming_content)) == package.size_bytes


def test_worker_copies_what_waits(case: Case, mori: Person, actor: Any) -> None:
    """Nothing waits: nothing is done."""
    assert copying.run_due() == 0


def test_queries_are_few(taken: Exhibit, case: Case, mori: Person, browse: Any, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    """However many exhibits there are."""
    client = browse(mori)
    paths = {reverse("exhibits:list", args=[case.pk]): 22, reverse("exhibits:all"): 18, address("exhibit", taken): 36}
    for path, most in paths.items():
        client.get(path)
        with django_assert_max_num_queries(most):
            client.get(path)
