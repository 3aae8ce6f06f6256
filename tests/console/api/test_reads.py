"""What programs read, and what they are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.review.models import Decision
from andon.console.staff.rights import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.intake.models import Campaign, ModelVersion
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(aoi: Person, key: Callable[..., str], program: Callable[..., Client]) -> Client:
    """A program with a key of all scopes."""
    return program(key(aoi))


def test_queue_comes_in_pages(campaign: Callable[..., Campaign], asking: Client) -> None:
    """Every campaign once, in the order of reading, however many share a priority."""
    made = [campaign(posts=1, priority=float(k // 4)) for k in range(33)]
    first = asking.get("/api/v1/queue").json()
    second = asking.get("/api/v1/queue", {"after": first["next"]}).json()
    ids = [row["id"] for row in first["campaigns"] + second["campaigns"]]
    assert ids == [one.pk for one in sorted(made, key=lambda one: (-one.priority, one.pk))]
    assert (len(first["campaigns"]), second["next"]) == (30, "")


def test_queue_takes_the_filters_of_the_page(campaign: Callable[..., Campaign], asking: Client) -> None:
    """Level, state and size narrow it."""
    campaign(posts=1)
    wanted = campaign(posts=4, level=2, state="escalated")
    found = asking.get("/api/v1/queue", {"level": "medium", "state": "escalated", "posts": "2"}).json()["campaigns"]
    assert [(row["id"], row["level"], row["state"]) for row in found] == [(wanted.pk, "medium", "escalated")]
    assert Entry.objects.latest("number").facts["rows"] == 1


@pytest.mark.parametrize(("address", "given", "code", "names"), [
    ("/api/v1/queue", {"stat": "open"}, "unknown_field", ["stat"]), ("/api/v1/queue", {"level": "3"}, "wrong_value", ["level"]),
    ("/api/v1/queue", {"after": "x"}, "wrong_value", ["after"]), ("/api/v1/decisions", {"since": "-1"}, "wrong_value", ["since"]),
    ("/api/v1/decisions", {"limit": "501"}, "wrong_value", ["limit"]), ("/api/v1/decisions", {"person": "1"}, "unknown_field", ["person"]),
])  # fmt: skip
def test_unknown_and_wrong_parameters_are_refused(address: str, given: dict[str, str], code: str, names: list[str], asking: Client) -> None:
    """A mistyped filter must not bring everything."""
    answer = asking.get(address, given)
    assert (answer.status_code, answer.json()["code"], answer.json()["fields"]) == (422, code, names)
    assert names[0] in answer.json()["sentence"]


def test_campaign_comes_with_its_posts(campaign: Callable[..., Campaign], asking: Client) -> None:
    """Facts, contacts and members by pages; reading it stands in the trail under the campaign."""
    one = campaign("受け取るだけ", posts=53, contact="telegram:abcd")
    first = asking.get(f"/api/v1/campaigns/{one.pk}").json()
    second = asking.get(f"/api/v1/campaigns/{one.pk}", {"after": first["next"]}).json()
    assert (len(first["members"]), len(second["members"]), second["next"]) == (50, 3, 0)
    assert first["contacts"] == [{"key": "telegram:abcd", "type": "telegram", "value": "abcd", "posts": 53, "is_common": False}]
    assert first["members"][0]["text"] == "受け取るだけ 0"
    assert {entry.subject for entry in Entry.objects.filter(event="api.used")} == {f"campaign:{one.pk}"}


@pytest.mark.parametrize("number", ["999", str(2**63), str(10**30)])
def test_campaign_that_is_not_there(number: str, asking: Client) -> None:
    """404, also for numbers that no database knows."""
    assert asking.get(f"/api/v1/campaigns/{number}").status_code == 404


def test_decisions_are_followed_by_their_number(campaign: Callable[..., Campaign], aoi: Person, version: ModelVersion, asking: Client) -> None:
    """Asking again with `next` brings what came since, withdrawals among it, and nothing twice."""
    one = campaign()
    given = {"campaign": one, "by": aoi, "model": version, "score": 0.9, "level": 3, "posts": 2, "members_sha256": "0" * 64}
    with gate._door():
        said = [Decision.objects.create(verdict="recruitment", kind="parcel", **given) for _ in range(3)]
    first = asking.get("/api/v1/decisions", {"limit": "2"}).json()
    second = asking.get("/api/v1/decisions", {"since": first["next"]}).json()
    with gate._door():
        gone = Decision.objects.create(verdict="withdrawn", withdraws=said[0], **given)
    third = asking.get("/api/v1/decisions", {"since": second["next"]}).json()
    assert [[row["id"] for row in page["decisions"]] for page in (first, second, third)] == [[said[0].pk, said[1].pk], [said[2].pk], [gone.pk]]
    assert (third["decisions"][0]["withdraws"], third["decisions"][0]["by"]) == (said[0].pk, "Aoi")
    assert asking.get("/api/v1/decisions", {"since": third["next"]}).json() == {"decisions": [], "next": third["next"]}


def test_few_queries(campaign: Callable[..., Campaign], asking: Client, django_assert_max_num_queries: Callable[..., Any]) -> None:
    """The queue asks the database as often for thirty campaigns as for one."""
    for _ in range(31):
        campaign(posts=1)
    with django_assert_max_num_queries(10):
        asking.get("/api/v1/queue")


def test_documentation_lists_every_endpoint(aoi: Person, kei: Person, browse: Callable[[Person], Client]) -> None:
    """The page is for who may make keys, loads nothing from elsewhere, and names every address with its scope."""
    page = browse(aoi).get("/api/v1/docs/").content.decode()
    for part in ("/api/v1/posts", "/api/v1/queue", "/api/v1/campaigns/{campaign_id}", "/api/v1/decisions", *Scope):
        assert part in page
    assert "//cdn" not in page
    assert browse(kei).get("/api/v1/docs/").status_code == 403


def test_schema_is_for_holders_of_keys(aoi: Person, kei: Person, browse: Callable[[Person], Client], asking: Client, client: Client) -> None:
    """OpenAPI by key or for a person who may make one; nobody else."""
    assert asking.get("/api/v1/openapi.json").json()["openapi"].startswith("3.")
    assert browse(aoi).get("/api/v1/openapi.json").status_code == 200
    assert browse(kei).get("/api/v1/openapi.json").status_code == 403
    assert client.get("/api/v1/openapi.json").status_code in (302, 403)
