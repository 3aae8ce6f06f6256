"""Coming in: name and password, what must be done first, and what the trail keeps of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.urls import reverse

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.staff.models import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"
PASSWORD = "correct horse battery staple"


def events() -> list[str]:
    """All events, oldest first."""
    return list(Entry.objects.order_by("number").values_list("event", flat=True))


def test_name_and_password_open(aoi: Person, visitor: Client) -> None:
    """Who types the right password is in, and the trail says from where."""
    answer = visitor.post(LOGIN, {"login": "aoi", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, reverse("home:today"))
    entry = Entry.objects.get(event="staff.signed_in")
    assert (entry.person, entry.facts) == (aoi.pk, {"ip": "127.0.0.1", "methods": ["password"]})
    assert Person.objects.get(pk=aoi.pk).last_login is not None


@pytest.mark.parametrize("typed", ["AOI", "ａｏｉ", " aoi "])
def test_name_is_known_however_it_is_typed(aoi: Person, visitor: Client, typed: str) -> None:
    """Case and width do not count."""
    assert visitor.post(LOGIN, {"login": typed, "password": PASSWORD}).status_code == 302


def test_session_gets_another_key(aoi: Person, visitor: Client) -> None:
    """A session that somebody planted before the sign-in is worth nothing after it."""
    visitor.get(LOGIN)
    session = visitor.session
    session["planted"] = True
    session.save()
    before = session.session_key
    visitor.cookies["sessionid"] = before
    visitor.post(LOGIN, {"login": "aoi", "password": PASSWORD})
    assert visitor.session.session_key != before
    visitor.cookies["sessionid"] = before
    assert visitor.get(reverse("staff:me")).status_code == 302


def test_signing_out_ends_the_session(aoi: Person, sign_in: Callable[..., Client]) -> None:
    """The cookie of before opens nothing any more."""
    client = sign_in(aoi)
    key = client.session.session_key
    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = str(key)
    assert client.get(reverse("staff:me")).status_code == 302
    assert events() == ["staff.signed_in", "staff.signed_out"]


def test_signing_out_takes_a_post(aoi: Person, sign_in: Callable[..., Client]) -> None:
    """A picture on another site cannot sign anybody out."""
    client = sign_in(aoi)
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("staff:me")).status_code == 200


def test_wrong_password_is_kept_without_what_was_typed(aoi: Person, visitor: Client) -> None:
    """The trail knows that it was tried and for whom, not which words were typed: a name may be a password."""
    visitor.post(LOGIN, {"login": "aoi", "password": "wrong"})
    visitor.post(LOGIN, {"login": "my secret password", "password": "aoi"})
    known, unknown = Entry.objects.filter(event="staff.signin_failed").order_by("number")
    assert (known.subject, known.facts["known"]) == (f"person:{aoi.pk}", True)
    assert (unknown.subject, unknown.facts["known"]) == ("", False)
    assert "secret" not in str(unknown.facts)


def test_wrong_password_says_one_sentence(aoi: Person, visitor: Client) -> None:
    """The same for a wrong name and a wrong password, in the language of the page."""
    sentence = "The sign-in name or the password is wrong."
    for login in ("aoi", "nobody"):
        assert sentence in visitor.post(LOGIN, {"login": login, "password": "wrong"}).content.decode()


def test_switched_off_person_stays_outside(aoi: Person, visitor: Client) -> None:
    """Even with the right password."""
    with gate._door():
        Person.objects.update(is_active=False)
    answer = visitor.post(LOGIN, {"login": "aoi", "password": PASSWORD}, follow=True)
    assert "switched off" in answer.content.decode()
    assert visitor.get(reverse("staff:me")).status_code == 302
    assert "staff.signed_in" not in events()


def test_first_password_must_be_changed_first(aoi: Person, sign_in: Callable[..., Client]) -> None:
    """Until then every address leads to that page; afterwards it is theirs alone."""
    with gate._door():
        Person.objects.update(must_change_password=True)
    client = sign_in(aoi)
    for name in ("home:today", "staff:me", "mfa_index"):
        assert client.get(reverse(name))["Location"] == reverse("account_change_password")
    new = {"oldpassword": PASSWORD, "password1": "quiet lantern by the river", "password2": "quiet lantern by the river"}
    assert client.post(reverse("account_change_password"), new | {"password1": PASSWORD, "password2": PASSWORD}).status_code == 200
    assert client.post(reverse("account_change_password"), new).status_code == 302
    assert client.get(reverse("staff:me")).status_code == 200
    changed = Person.objects.get(pk=aoi.pk)
    assert not changed.must_change_password
    assert changed.check_password("quiet lantern by the river")
    assert events()[-1] == "staff.password_changed"


def test_weak_password_is_refused(aoi: Person, sign_in: Callable[..., Client]) -> None:
    """Short, common, or like the name."""
    client = sign_in(aoi)
    for weak in ("short", "password1234", "aoi-aoi-aoi"):
        answer = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
        assert answer.context["form"].errors["password1"]
    assert Person.objects.get(pk=aoi.pk).check_password(PASSWORD)


def test_changed_password_ends_other_sessions(aoi: Person, sign_in: Callable[..., Client], browse: Callable[[Person], Client]) -> None:
    """Who had the old password is out; who changed it stays."""
    other = browse(aoi)
    client = sign_in(aoi)
    new = "quiet lantern by the river"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert other.get(reverse("staff:me")).status_code == 302
    assert client.get(reverse("staff:me")).status_code == 200


def test_old_kind_of_hash_is_stored_anew(aoi: Person, sign_in: Callable[..., Client], settings: Any) -> None:
    """By a verb, at the first sign-in after the settings changed."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", "django.contrib.auth.hashers.MD5PasswordHasher"]
    assert identify_hasher(aoi.password).algorithm == "md5"
    sign_in(aoi)
    assert identify_hasher(Person.objects.get(pk=aoi.pk).password).algorithm == "pbkdf2_sha256"
    assert events() == ["staff.password_stored_anew", "staff.signed_in"]
    assert make_password(PASSWORD).startswith("pbkdf2")


def test_nobody_signs_up_or_resets_by_mail(visitor: Client) -> None:
    """The addresses do not exist."""
    for path in ("signup/", "password/reset/", "password/set/", "email/", "confirm-email/"):
        assert visitor.get(f"/account/{path}").status_code == 404


def test_five_failures_lock_out(aoi: Person, visitor: Client) -> None:
    """The fifth is answered with 429 and a sentence; the right password opens nothing then; the trail keeps it once."""
    for _ in range(4):
        assert visitor.post(LOGIN, {"login": "aoi", "password": "wrong"}).status_code == 200
    for password in ("wrong", "wrong again", PASSWORD):
        answer = visitor.post(LOGIN, {"login": "aoi", "password": password})
        assert answer.status_code == 429
        assert "Try again in 15 minutes" in answer.content.decode()
    assert events().count("staff.locked_out") == 1
    assert Entry.objects.get(event="staff.locked_out").subject == f"person:{aoi.pk}"


def test_spelling_does_not_give_more_tries(aoi: Person, visitor: Client) -> None:
    """AOI, Aoi and ａｏｉ share one counter."""
    for login in ("aoi", "AOI", "Aoi", "ａｏｉ", " aOi"):
        last = visitor.post(LOGIN, {"login": login, "password": "wrong"})
    assert last.status_code == 429


def test_locked_out_only_from_there(aoi: Person, visitor: Client) -> None:
    """Somebody elsewhere cannot lock an officer out of their own desk."""
    for _ in range(5):
        visitor.post(LOGIN, {"login": "aoi", "password": "wrong"}, REMOTE_ADDR="203.0.113.9")
    assert visitor.post(LOGIN, {"login": "aoi", "password": PASSWORD}, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_counter_keeps_no_typed_names(aoi: Person, visitor: Client) -> None:
    """django-axes stores keyed hashes, and neither password nor name of the form."""
    from axes.models import AccessAttempt

    visitor.post(LOGIN, {"login": "hunter2 hunter2", "password": "hunter2"})
    row = AccessAttempt.objects.get()
    assert "hunter2" not in f"{row.username} {row.post_data} {row.get_data}"


def test_page_comes_back_to_where_one_wanted_to_go(aoi: Person, visitor: Client) -> None:
    """But never to another site."""
    asked = visitor.get(reverse("staff:rights"))
    assert asked["Location"] == f"{LOGIN}?next={reverse('staff:rights')}"
    assert visitor.post(asked["Location"], {"login": "aoi", "password": PASSWORD, "next": reverse("staff:rights")})["Location"] == reverse("staff:rights")
    visitor.post(reverse("account_logout"))
    away = visitor.post(LOGIN, {"login": "aoi", "password": PASSWORD, "next": "https://evil.example/"})
    assert away["Location"] == reverse("home:today")
