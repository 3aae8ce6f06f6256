"""Second factors: required before anything else, each code once, guessing stopped, secrets locked away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from andon.console.audit.models import Entry
from andon.console.people import secret_box

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
CODE = "/account/2fa/authenticate/"
PASSWORD = "correct horse battery staple"


@pytest.fixture
def required(settings: Any) -> None:
    """The desk asks for a second factor, as it does outside the demo."""
    settings.SECOND_FACTOR_REQUIRED = True


def test_every_page_leads_to_setting_one_up(required: None, aoi: Person, sign_in: Callable[..., Client]) -> None:
    """Right after the password nothing else opens, and setting up needs no second proof."""
    client = sign_in(aoi)
    for name in ("home:today", "staff:me", "staff:rights", "usersessions_list"):
        assert client.get(reverse(name))["Location"] == reverse("mfa_index")
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"):
        answer = client.get(reverse(name))
        assert answer.status_code == 200
        assert b"rail__nav" not in answer.content


def test_setting_up_an_app_opens_the_desk(required: None, aoi: Person, sign_in: Callable[..., Client], shown: Callable[[str], str], django_capture_on_commit_callbacks: Any) -> None:
    """With the first code; recovery codes are shown, and the trail keeps both."""
    client = sign_in(aoi)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": shown(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(reverse("mfa_download_recovery_codes")).content.decode().count("\n") > 10
    assert client.get(reverse("staff:me")).status_code == 200
    added = Entry.objects.filter(event="staff.factor_added").order_by("number")
    assert [one.facts["type"] for one in added] == ["totp", "recovery_codes"]


def test_code_is_asked_for(aoi: Person, app: Callable[..., Callable[[], str]], sign_in: Callable[..., Client]) -> None:
    """The password alone opens nothing for who has a factor, whether the desk requires one or not."""
    code = app(aoi)
    client = sign_in(aoi)
    assert client.get(reverse("staff:me")).status_code == 302
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert client.get(reverse("staff:me")).status_code == 302
    assert client.post(CODE, {"code": code()})["Location"] == reverse("home:today")
    assert client.get(reverse("staff:me")).status_code == 200
    assert Entry.objects.get(event="staff.signed_in").facts["methods"] == ["password", "totp"]
    assert Entry.objects.get(event="staff.factor_failed").person == aoi.pk


def test_code_opens_once(aoi: Person, app: Callable[..., Callable[[], str]], browse: Any, settings: Any, clock: Callable[[float], None]) -> None:
    """Also in another process of the server, which shares no memory: the cache is emptied in between."""
    from django.core.cache import cache
    from django.test import Client

    code = app(aoi)
    used = code()
    for opens in (True, False):
        cache.clear()
        client = Client()
        client.post("/account/login/", {"login": "aoi", "password": PASSWORD})
        assert (client.post(CODE, {"code": used}).status_code == 302) is opens
    clock(30)
    assert client.post(CODE, {"code": code()}).status_code == 302


def test_earlier_code_does_not_open_after_a_later_one(
    aoi: Person, app: Callable[..., Callable[[], str]], sign_in: Callable[..., Client], clock: Callable[[float], None]
) -> None:
    """Clocks may differ by half a minute, but codes are used in order."""
    code = app(aoi)
    early = code()
    clock(30)
    client = sign_in(aoi)
    assert client.post(CODE, {"code": code()}).status_code == 302
    client.post(reverse("account_logout"))
    sign_in(aoi)
    assert client.post(CODE, {"code": early}).status_code == 200


def test_guessing_is_stopped(aoi: Person, app: Callable[..., Callable[[], str]], visitor: Client, clock: Callable[[float], None]) -> None:
    """After five wrong codes no code is looked at, from wherever; the trail keeps it once."""
    code = app(aoi)
    for number in range(5):
        where = {"REMOTE_ADDR": f"192.0.2.{number}"}
        visitor.post("/account/login/", {"login": "aoi", "password": PASSWORD}, **where)
        assert visitor.post(CODE, {"code": "000000"}, **where).status_code == 200
    answer = visitor.post(CODE, {"code": code()})
    assert answer.status_code == 200
    assert "none is accepted for 15 minutes" in answer.content.decode()
    assert Entry.objects.filter(event="staff.locked_out").count() == 1


def test_recovery_code_opens_once(aoi: Person, app: Callable[..., Callable[[], str]], sign_in: Callable[..., Client]) -> None:
    """For who has lost the device."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    app(aoi)
    recovery = RecoveryCodes.activate(aoi).get_unused_codes()[0]
    client = sign_in(aoi)
    assert client.post(CODE, {"code": recovery}).status_code == 302
    client.post(reverse("account_logout"))
    sign_in(aoi)
    assert client.post(CODE, {"code": recovery}).status_code == 200


def test_secrets_are_locked_in_the_database(aoi: Person, app: Callable[..., Callable[[], str]]) -> None:
    """A stolen database gives no codes."""
    app(aoi)
    stored = Authenticator.objects.get(user=aoi).data["secret"]
    assert stored.startswith("gAAAA")
    assert len(secret_box.unlock(stored)) == 32


def test_taking_the_last_factor_away_closes_the_desk(
    required: None, aoi: Person, app: Callable[..., Callable[[], str]], sign_in: Callable[..., Client], clock: Callable[[float], None]
) -> None:
    """It needs a fresh proof, and then a new factor has to be set up first."""
    code = app(aoi)
    client = sign_in(aoi)
    client.post(CODE, {"code": code()})
    assert client.get(reverse("mfa_deactivate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert client.get(reverse("staff:me"))["Location"] == reverse("mfa_index")
    assert Entry.objects.filter(event="staff.factor_removed").exists()


def test_second_factor_of_others_needs_a_proof(aoi: Person, app: Callable[..., Callable[[], str]], sign_in: Callable[..., Client]) -> None:
    """Who has a factor and adds another one proves who they are, however lately they came in."""
    code = app(aoi)
    client = sign_in(aoi)
    client.post(CODE, {"code": code()})
    assert client.get(reverse("mfa_add_webauthn"))["Location"].startswith(reverse("account_reauthenticate"))


def test_wrong_password_when_confirming_counts(aoi: Person, sign_in: Callable[..., Client]) -> None:
    """A session left open on a desk is no place to guess from."""
    client = sign_in(aoi)
    for _ in range(5):
        last = client.post(reverse("account_reauthenticate"), {"password": "wrong"})
    assert last.status_code == 429
    assert Entry.objects.filter(event="staff.signin_failed", subject=f"person:{aoi.pk}").count() == 5


def test_key_of_the_box_is_made_once(settings: Any) -> None:
    """And read again by every process."""
    assert secret_box.unlock(secret_box.lock("JBSWY3DPEHPK3PXP")) == "JBSWY3DPEHPK3PXP"
    assert (settings.HOME / "keys" / "second-factor.key").stat().st_mode & 0o777 == 0o600
