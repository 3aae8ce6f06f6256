"""The pages of staff: what an administrator does on screens, own settings, sessions, keys, rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from andon.console.audit.models import Entry
from andon.console.staff.models import ApiToken, Person, Unit
from andon.console.staff.rights import Right, Role

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"


@pytest.fixture
def fresh(sign_in: Callable[..., Client]) -> Callable[[Person], Client]:
    """Somebody who has signed in and has just proved again who they are."""

    def proved(someone: Person) -> Client:
        client = sign_in(someone, client=Client())
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    return proved


def test_administrator_adds_somebody_on_the_page(nao: Person, unit: Unit, fresh: Callable[[Person], Client]) -> None:
    """And reads the password once."""
    client = fresh(nao)
    answer = client.post(reverse("staff:add"), {"username": "mio", "name": "三尾", "unit": unit.pk, "roles": ["analyst"], "language": "ja"})
    password = answer.context["password"]
    assert password in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert Person.objects.get(username="mio").check_password(password)
    assert client.post(reverse("staff:add"), {"username": "MIO", "name": "x", "unit": unit.pk, "language": "ja"}).context["form"].errors["username"]


def test_grave_post_goes_on_after_the_proof(nao: Person, aoi: Person, unit: Unit, sign_in: Callable[..., Client]) -> None:
    """What was sent is done after the password was given once more, without being typed again."""
    client = sign_in(nao)
    form = {"name": "Aoi", "unit": unit.pk, "roles": ["auditor"]}
    stopped = client.post(reverse("staff:person", args=[aoi.pk]), form)
    assert stopped["Location"].startswith(reverse("account_reauthenticate"))
    assert Person.objects.get(pk=aoi.pk).roles == ["analyst"]
    client.post(stopped["Location"], {"password": PASSWORD, "next": reverse("staff:person", args=[aoi.pk])})
    assert Person.objects.get(pk=aoi.pk).roles == ["auditor"]
    assert Entry.objects.filter(event="staff.reauthenticated").exists()


def test_reading_people_is_not_changing_them(sora: Person, aoi: Person, unit: Unit, fresh: Callable[[Person], Client]) -> None:
    """A supervisor sees the list, no forms, and is refused when sending one all the same."""
    client = fresh(sora)
    page = client.get(reverse("staff:person", args=[aoi.pk])).content.decode()
    assert "<form class=\"form\"" not in page
    assert client.post(reverse("staff:person", args=[aoi.pk]), {"name": "X", "unit": unit.pk, "roles": ["administrator"]}).status_code == 403
    assert client.post(reverse("staff:switch", args=[aoi.pk]), {"to": "off"}).status_code == 403
    assert Person.objects.get(pk=aoi.pk).roles == ["analyst"]


def test_own_page_has_no_forms(nao: Person, fresh: Callable[[Person], Client]) -> None:
    """And says who changes it instead; sending one is answered with a sentence."""
    client = fresh(nao)
    assert b"data-guard" not in client.get(reverse("staff:person", args=[nao.pk])).content
    answer = client.post(reverse("staff:switch", args=[nao.pk]), {"to": "off"})
    assert answer.status_code == 403
    assert "another administrator" in answer.content.decode() or "ほかの管理者" in answer.content.decode()


def test_buttons_on_a_persons_page_work(nao: Person, aoi: Person, fresh: Callable[[Person], Client], app: Any) -> None:
    """Off, on, password, factors."""
    client = fresh(nao)
    app(aoi)
    page = reverse("staff:person", args=[aoi.pk])
    assert client.post(reverse("staff:switch", args=[aoi.pk]), {"to": "off"})["Location"] == page
    assert client.post(reverse("staff:switch", args=[aoi.pk]), {"to": "on"})["Location"] == page
    assert client.post(reverse("staff:factors", args=[aoi.pk]))["Location"] == page
    assert client.post(reverse("staff:revoke_tokens", args=[aoi.pk]))["Location"] == page
    given = client.post(reverse("staff:password", args=[aoi.pk])).context["password"]
    assert Person.objects.get(pk=aoi.pk).check_password(given)


def test_settings_are_kept(aoi: Person, browse: Callable[[Person], Client]) -> None:
    """And hold from the next page on."""
    client = browse(aoi)
    client.post(reverse("staff:me"), {"language": "en", "appearance": "dark", "calm_media": "on"})
    page = client.get(reverse("staff:me")).content.decode()
    assert "data-appearance=\"dark\"" in page
    assert "My settings" in page
    assert Entry.objects.get(event="staff.preferences_changed").facts == {"language": "en", "appearance": "dark", "calm_media": True}


def test_switch_in_the_frame_changes_one_thing(aoi: Person, browse: Callable[[Person], Client]) -> None:
    """And comes back to the page, never to another site; nothing changed leaves no entry."""
    client = browse(aoi)
    assert client.post(reverse("staff:looks"), {"appearance": "dark", "next": "/staff/rights/"})["Location"] == "/staff/rights/"
    assert client.post(reverse("staff:looks"), {"appearance": "dark", "next": "https://evil.example/"})["Location"] == "/"
    assert client.post(reverse("staff:looks"), {"appearance": "pink"}).status_code == 400
    assert Entry.objects.filter(event="staff.preferences_changed").count() == 1
    assert Person.objects.get(pk=aoi.pk).language == "ja"


def test_sessions_are_listed_and_ended(aoi: Person, sign_in: Callable[..., Client]) -> None:
    """Others' are nobody's business; one's own on other machines end."""
    windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"
    away, here = Client(headers={"user-agent": windows}), Client()
    sign_in(aoi, client=away)
    sign_in(aoi, client=here)
    page = here.get(reverse("usersessions_list"))
    assert "Edge, Windows" in page.content.decode()
    other = next(row["session"].pk for row in page.context["rows"] if not row["current"])
    here.post(reverse("usersessions_end", args=[other]))
    assert away.get(reverse("staff:me")).status_code == 302
    sign_in(aoi, client=away)
    here.post(reverse("usersessions_end_others"))
    assert away.get(reverse("staff:me")).status_code == 302
    assert here.get(reverse("staff:me")).status_code == 200


def test_others_session_cannot_be_ended(aoi: Person, jun: Person, sign_in: Callable[..., Client]) -> None:
    """By its number."""
    mine, theirs = Client(), Client()
    sign_in(aoi, client=mine)
    sign_in(jun, client=theirs)
    number = theirs.get(reverse("usersessions_list")).context["rows"][0]["session"].pk
    assert mine.post(reverse("usersessions_end", args=[number])).status_code == 409
    assert theirs.get(reverse("staff:me")).status_code == 200


def test_rights_page_is_the_table_that_is_asked(kei: Person, browse: Callable[[Person], Client]) -> None:
    """Every role, every right, in words."""
    context = browse(kei).get(reverse("staff:rights"))
    assert len(context.context["rows"]) == len(Right)
    assert [role for role, _ in context.context["roles"]] == list(Role)
    assert "right." not in context.content.decode()


def test_key_is_shown_once(aoi: Person, fresh: Callable[[Person], Client]) -> None:
    """And never again on that page; revoking it works."""
    client = fresh(aoi)
    made = client.post(reverse("staff:tokens"), {"label": "取り込み", "scopes": ["posts:write"], "days": 30})
    key = made.context["made"].key
    assert key in made.content.decode()
    assert key not in client.get(reverse("staff:tokens")).content.decode()
    client.post(reverse("staff:revoke", args=[ApiToken.objects.get().pk]))
    assert ApiToken.objects.get().revoked_at is not None


def test_unit_pages_work(nao: Person, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Adding and changing one; a name that is taken is said at the field."""
    client = browse(nao)
    form = {"name": "大阪府警", "kind": "police", "prefecture": "大阪府"}
    client.post(reverse("staff:units"), form)
    one = Unit.objects.get(name="大阪府警")
    assert client.post(reverse("staff:units"), form).context["form"].errors["name"]
    client.post(reverse("staff:unit", args=[one.pk]), form | {"name": "京都府警", "prefecture": "京都府"})
    assert Unit.objects.get(pk=one.pk).prefecture == "京都府"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_code_is_shown_in_place_of_words(person: Callable[..., Person], browse: Callable[[Person], Client], language: str) -> None:
    """On any page of staff, in either language."""
    import re

    everything = person("all", *Role, language=language)
    client = browse(everything)
    names = ("people", "add", "units", "rights", "me", "tokens")
    pages = [reverse(f"staff:{name}") for name in names] + [
        reverse("staff:person", args=[everything.pk]), reverse("audit:trail"), reverse("usersessions_list"), reverse("account_change_password"),
        reverse("mfa_index"), reverse("account_reauthenticate"),
    ]  # fmt: skip
    for page in pages:
        text = re.sub(r"<script.*?</script>|<[^>]*>", " ", client.get(page).content.decode(), flags=re.DOTALL)
        assert not re.search(r"\b(?:staff|people|trail|factors|signin|me|tokens|role|right|scope|units|frame)\.[a-z_]+(?:\.[a-z_]+)*\b", text), page


def test_few_queries(nao: Person, person: Callable[..., Person], browse: Callable[[Person], Client], django_assert_max_num_queries: Any) -> None:
    """However many people there are."""
    for number in range(30):
        person(f"p{number}", Role.ANALYST)
    client = browse(nao)
    with django_assert_max_num_queries(6):
        client.get(reverse("staff:people"))
