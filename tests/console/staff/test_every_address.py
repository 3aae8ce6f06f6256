"""Every address of the desk, as nobody and as people of known rights. A new address fails here until somebody has said which right opens it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from andon.console.captures.actions.capture import capture_posts
from andon.console.captures.models import Archive, Capture
from andon.console.gate import Actor, Via
from andon.console.staff.rights import Right, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"

OPEN = "open"  # to anybody: the way in
KEY = "key"  # to programs with a key; a person's session opens nothing
OWN = Right.OWN_SETTINGS  # to everybody who has signed in, about themselves

# Which right opens which address. To add one: its name, and the right that its view asks for with `doors.page`.
NEEDS: dict[str, Right | str] = {
    "health": OPEN, "frame:looks": OPEN, "frame:guide": OWN,
    "account_login": OPEN, "account_logout": OPEN, "account_inactive": OPEN, "mfa_authenticate": OPEN, "mfa_login_webauthn": OPEN,
    "account_reauthenticate": OWN, "account_change_password": OWN, "mfa_index": OWN, "mfa_reauthenticate": OWN, "mfa_activate_totp": OWN,
    "mfa_deactivate_totp": OWN, "mfa_view_recovery_codes": OWN, "mfa_generate_recovery_codes": OWN, "mfa_download_recovery_codes": OWN,
    "mfa_list_webauthn": OWN, "mfa_add_webauthn": OWN, "mfa_reauthenticate_webauthn": OWN, "mfa_remove_webauthn": OWN, "mfa_edit_webauthn": OWN,
    "usersessions_list": OWN, "usersessions_end_others": OWN, "usersessions_end": OWN,
    "home:today": OWN, "home:figures": Right.QUEUE_READ, "home:uploads": Right.QUEUE_READ,
    "staff:me": OWN, "staff:looks": OWN, "staff:rights": OWN, "staff:tokens": Right.TOKENS, "staff:revoke": Right.TOKENS,
    "staff:people": Right.STAFF_READ, "staff:person": Right.STAFF_READ, "staff:units": Right.STAFF_READ,
    "staff:add": Right.STAFF_CHANGE, "staff:switch": Right.STAFF_CHANGE, "staff:password": Right.STAFF_CHANGE, "staff:factors": Right.STAFF_CHANGE,
    "staff:revoke_tokens": Right.STAFF_CHANGE, "staff:unit": Right.STAFF_CHANGE,
    "audit:trail": Right.AUDIT_READ, "audit:export": Right.AUDIT_READ, "audit:verify": Right.AUDIT_READ,
    "intake:uploads": Right.INTAKE_ADD, "intake:upload_list": Right.INTAKE_ADD, "intake:receive": Right.INTAKE_ADD, "intake:upload": Right.INTAKE_ADD,
    "intake:progress": Right.INTAKE_ADD, "intake:rejects": Right.INTAKE_ADD, "intake:cancel": Right.INTAKE_ADD, "intake:retry": Right.INTAKE_ADD,
    "review:queue": Right.QUEUE_READ, "review:more": Right.QUEUE_READ, "review:live": Right.QUEUE_READ, "review:search": Right.QUEUE_READ,
    "review:palette": Right.QUEUE_READ, "review:card": Right.QUEUE_READ, "review:members": Right.QUEUE_READ,
    "review:undo": Right.DECIDE, "review:withdraw": Right.DECIDE, "review:decide": Right.DECIDE, "review:judge": Right.DECIDE,
    "review:keep": Right.DECIDE, "review:give_back": Right.DECIDE, "review:take": Right.WITHDRAW_OTHERS,
    "learning:model": Right.MODEL_READ, "learning:fitting": Right.MODEL_READ, "learning:progress": Right.MODEL_READ,
    "learning:signals": Right.MODEL_READ, "learning:count": Right.MODEL_READ, "learning:signal": Right.MODEL_READ,
    "learning:fit": Right.LEARN, "learning:promote": Right.PROMOTE, "learning:roll_back": Right.PROMOTE,
    "holds:holds": Right.HOLD_PLACE, "holds:place": Right.HOLD_PLACE, "holds:hold": Right.HOLD_PLACE, "holds:prolong": Right.HOLD_PLACE,
    "holds:lift": Right.HOLD_LIFT,
    "visits:visits": Right.MEASURE_READ, "visits:hosts": Right.MEASURE_READ, "visits:person": Right.MEASURE_READ, "visits:post": Right.MEASURE_READ,
    "visits:looked": Right.MEASURE_DRAFT, "visits:ask": Right.MEASURE_DRAFT,
    "board:board": Right.MEASURE_READ, "board:plan": Right.MEASURE_DRAFT, "board:go": Right.MEASURE_DRAFT, "board:batch": Right.MEASURE_READ,
    "board:undo": Right.MEASURE_DRAFT, "board:again": Right.MEASURE_DRAFT, "board:outbox": Right.MEASURE_READ, "board:outgoing": Right.MEASURE_READ,
    "board:take_out": Right.MEASURE_SEND, "board:resolve": Right.MEASURE_SEND, "board:try_again": Right.MEASURE_SEND, "board:by_hand": Right.MEASURE_SEND,
    "board:limits": Right.MEASURE_READ, "board:limit": Right.MEASURE_RULES, "board:close": Right.MEASURE_RULES, "board:channel": Right.MEASURE_RULES,
    "board:notices": OWN, "board:read": OWN, "board:follow": OWN, "board:digest": OWN,
    "measures:providers": Right.MEASURE_READ, "measures:new_provider": Right.MEASURE_RULES, "measures:load": Right.MEASURE_RULES,
    "measures:provider": Right.MEASURE_RULES, "measures:confirm": Right.MEASURE_RULES,
    "referral:referrals": Right.MEASURE_READ, "referral:referral": Right.MEASURE_READ, "referral:packet": Right.MEASURE_READ,
    "referral:new": Right.MEASURE_DRAFT, "referral:withdraw": Right.MEASURE_DRAFT, "referral:answer": Right.MEASURE_DRAFT,
    "referral:approve": Right.MEASURE_SEND, "referral:receivers": Right.MEASURE_READ, "referral:new_receiver": Right.MEASURE_RULES,
    "referral:receiver": Right.MEASURE_RULES,
    "warning:list": Right.MEASURE_READ, "warning:warning": Right.MEASURE_READ, "warning:batch": Right.MEASURE_READ, "warning:picture": Right.MEASURE_READ,
    "warning:wordings": Right.MEASURE_READ, "warning:accounts": Right.MEASURE_READ, "warning:account": Right.MEASURE_READ,
    "warning:compose": Right.MEASURE_DRAFT, "warning:drop": Right.MEASURE_DRAFT, "warning:wording_new": Right.MEASURE_DRAFT,
    "warning:check": Right.MEASURE_DRAFT, "warning:approve": Right.MEASURE_SEND, "warning:undo": Right.MEASURE_SEND,
    "warning:withdraw": Right.MEASURE_SEND, "warning:posted": Right.MEASURE_SEND, "warning:load": Right.MEASURE_RULES,
    "warning:review": Right.MEASURE_RULES, "warning:retire": Right.MEASURE_RULES, "warning:account_new": Right.MEASURE_RULES,
    "warning:ask": Right.MEASURE_RULES, "warning:badge": Right.MEASURE_RULES, "warning:switch": Right.MEASURE_RULES,
    "removal:requests": Right.MEASURE_READ, "removal:request": Right.MEASURE_READ, "removal:posts": Right.MEASURE_READ,
    "removal:preview": Right.MEASURE_READ, "removal:document": Right.MEASURE_READ, "removal:approve": Right.MEASURE_SEND,
    "removal:undo": Right.MEASURE_SEND, "removal:carried": Right.MEASURE_SEND, "removal:mail": Right.MEASURE_READ, "removal:police": Right.MEASURE_DRAFT, "removal:answer": Right.MEASURE_DRAFT,
    "removal:again": Right.MEASURE_DRAFT, "removal:change": Right.MEASURE_DRAFT, "removal:drop": Right.MEASURE_DRAFT,
    "removal:give_up": Right.MEASURE_DRAFT, "removal:draft": Right.MEASURE_DRAFT, "removal:provider": Right.MEASURE_READ,
    "removal:outcomes": Right.MEASURE_READ, "removal:outcomes_csv": Right.MEASURE_READ, "removal:rules": Right.MEASURE_READ,
    "captures:list": Right.MEASURE_READ, "captures:one": Right.MEASURE_READ, "captures:picture": Right.MEASURE_READ, "captures:verify": Right.MEASURE_READ,
    "captures:download": Right.MEASURE_READ, "captures:stamp": Right.MEASURE_READ, "captures:capture": Right.CAPTURE,
    "authority:plans": Right.CASE_READ, "authority:plan": Right.CASE_READ, "authority:do": Right.CASE_READ, "authority:table": Right.CASE_READ,
    "authority:errors": Right.CASE_READ, "authority:error": Right.CASE_READ, "authority:report_error": Right.CASE_READ,
    "authority:new": Right.PLAN_APPLY, "authority:edit": Right.PLAN_APPLY, "authority:add_unrelated": Right.CASE_WORK,
    "authority:close_error": Right.CASE_WORK, "authority:desk": Right.PLAN_APPROVE, "authority:decide": Right.PLAN_APPROVE,
    "authority:settle_unrelated": Right.PLAN_APPROVE,
    "contactlog:logs": Right.CASE_READ, "contactlog:log": Right.CASE_READ, "contactlog:export": Right.CASE_READ, "contactlog:entry": Right.CASE_READ,
    "contactlog:uncovered": Right.CASE_READ, "contactlog:check": Right.CONTACT_LOG, "contactlog:stage": Right.CONTACT_LOG,
    "contactlog:stop": Right.CONTACT_LOG, "contactlog:victim": Right.CONTACT_LOG, "contactlog:correct": Right.CONTACT_LOG,
    "contactlog:devices": Right.CASE_READ, "contactlog:device_name": Right.CONTACT_LOG, "contactlog:device_enter": Right.CONTACT_LOG,
    "contactlog:device_end": Right.CONTACT_LOG, "sightings:case": Right.QUEUE_READ,
    "contactlog:outcome": Right.CASE_WORK, "contactlog:take_back": Right.CASE_WORK, "contactlog:acknowledge": Right.CASE_WORK,
    "identities:register": Right.CASE_READ, "identities:plan": Right.CASE_READ, "identities:document": Right.CASE_READ, "identities:drop": Right.CASE_READ,
    "identities:place": Right.IDENTITY_KEEP, "identities:identity": Right.IDENTITY_KEEP, "identities:receive": Right.IDENTITY_KEEP,
    "identities:check": Right.IDENTITY_KEEP, "identities:reconcile": Right.IDENTITY_KEEP, "identities:do": Right.IDENTITY_KEEP,
    "identities:show": Right.CONTACT_LOG, "identities:seal": Right.CASE_WORK, "identities:confirm": Right.CASE_WORK, "identities:sealed": Right.SEAL_OPEN,
    "deconfliction:clashes": OWN, "deconfliction:clash": OWN, "deconfliction:content": OWN, "deconfliction:act": OWN,
    "deconfliction:check": Right.CASE_WORK, "deconfliction:board": Right.CASE_READ, "deconfliction:live": Right.CASE_READ,
    "deconfliction:meetings": Right.CASE_READ, "deconfliction:cancel": Right.CONTACT_LOG, "deconfliction:orders": Right.PLAN_APPROVE,
    "deconfliction:order": Right.PLAN_APPROVE,
    "safety:now": Right.CASE_READ, "safety:live": Right.CASE_READ, "safety:plan": Right.CASE_READ, "safety:phone": Right.CASE_READ,
    "safety:alarm": Right.CASE_READ, "safety:brief": Right.CASE_WORK, "safety:add": Right.CASE_WORK, "safety:remove": Right.CASE_WORK,
    "safety:resolve": Right.CASE_WORK, "safety:consent": Right.CONTACT_LOG, "safety:withdraw": Right.CONTACT_LOG, "safety:check": Right.CONTACT_LOG,
    "safety:answer": Right.CONTACT_LOG, "safety:back": Right.CONTACT_LOG, "safety:help": Right.CONTACT_LOG, "safety:press": Right.CONTACT_LOG,
    "safety:take": Right.CONTACT_LOG,
    "casework:cases": Right.CASE_READ, "casework:feed": Right.CASE_READ, "casework:find": Right.CASE_READ, "casework:export": Right.CASE_READ,
    "casework:case": Right.CASE_READ, "casework:timeline": Right.CASE_READ, "casework:end_member": Right.CASE_READ,
    "casework:new": Right.CASE_WORK, "casework:take_up": Right.CASE_WORK, "casework:decline": Right.CASE_WORK, "casework:rename": Right.CASE_WORK,
    "casework:close": Right.CASE_WORK, "casework:reopen": Right.CASE_WORK, "casework:add_member": Right.CASE_WORK, "casework:link": Right.CASE_WORK,
    "casework:unlink": Right.CASE_WORK, "casework:propose": Right.CASE_PROPOSE,
    "exhibits:all": Right.CASE_READ, "exhibits:list": Right.CASE_READ, "exhibits:exhibit": Right.CASE_READ, "exhibits:progress": Right.CASE_READ,
    "exhibits:verify": Right.CASE_READ, "exhibits:disclosure": Right.CASE_READ, "exhibits:package": Right.CASE_READ, "exhibits:decide": Right.CASE_WORK,
    "exhibits:take_in": Right.EVIDENCE_KEEP, "exhibits:again": Right.EVIDENCE_KEEP, "exhibits:drop": Right.EVIDENCE_KEEP,
    "exhibits:hand_over": Right.EVIDENCE_KEEP, "exhibits:package_file": Right.EVIDENCE_KEEP, "exhibits:give": Right.EVIDENCE_KEEP,
    "exhibits:give_out": Right.EVIDENCE_KEEP, "exhibits:take_back": Right.EVIDENCE_KEEP, "exhibits:confirm": Right.EVIDENCE_KEEP,
    "exhibits:leave": Right.EVIDENCE_KEEP, "exhibits:seal": Right.EVIDENCE_KEEP, "exhibits:unseal": Right.EVIDENCE_KEEP,
    "exhibits:disclosures": Right.CASE_READ, "exhibits:disclosures_csv": Right.CASE_READ, "exhibits:file": Right.EVIDENCE_KEEP,
    "inspection:desk": Right.INSPECT, "inspection:samples": Right.INSPECT, "inspection:draw_cases": Right.INSPECT, "inspection:open_case": Right.INSPECT,
    "inspection:give_back": Right.INSPECT, "inspection:draw": Right.INSPECT, "inspection:my_reads": Right.INSPECT, "inspection:reads": Right.STAFF_CHANGE,
    "inspection:list": Right.INSPECT, "inspection:export": Right.INSPECT, "inspection:error": Right.INSPECT, "inspection:seen": Right.INSPECT,
    "inspection:figures": Right.INSPECT, "inspection:figures_csv": Right.INSPECT, "inspection:editions": OWN, "inspection:prepare": Right.INSPECT,
    "inspection:edition": OWN, "inspection:edition_file": OWN, "inspection:release": Right.PLAN_APPROVE, "inspection:drop": Right.PLAN_APPROVE,
    "conversations:list": Right.CASE_READ, "conversations:search": Right.CASE_READ, "conversations:people": Right.CASE_READ,
    "conversations:notes": Right.CASE_READ, "conversations:notes_csv": Right.CASE_READ, "conversations:reading": Right.CASE_READ, "conversations:progress": Right.CASE_READ,
    "conversations:read": Right.CASE_READ, "conversations:rows": Right.CASE_READ, "conversations:outline": Right.CASE_READ,
    "conversations:find": Right.CASE_READ, "conversations:moment": Right.CASE_READ, "conversations:record": Right.CASE_READ,
    "conversations:picture": Right.CASE_READ, "conversations:note": Right.CASE_READ, "conversations:comparison": Right.CASE_READ,
    "conversations:compared_rows": Right.CASE_READ, "conversations:compared_outline": Right.CASE_READ, "conversations:compared_find": Right.CASE_READ,
    "conversations:compared_moment": Right.CASE_READ, "conversations:compared_progress": Right.CASE_READ, "conversations:on_phone": Right.CASE_READ,
    "conversations:transcript": Right.CASE_READ, "conversations:paper": Right.CASE_READ, "conversations:paper_progress": Right.CASE_READ,
    "conversations:paper_file": Right.CASE_READ, "conversations:merged_transcript": Right.CASE_READ, "conversations:merged_paper": Right.CASE_READ,
    "conversations:merged_progress": Right.CASE_READ, "conversations:merged_file": Right.CASE_READ, "conversations:compare": Right.CASE_WORK, "conversations:mark": Right.CASE_WORK,
    "conversations:correct": Right.CASE_WORK, "conversations:withdraw": Right.CASE_WORK, "conversations:again": Right.EVIDENCE_KEEP,
    "api-docs": Right.TOKENS, "api-openapi": Right.TOKENS,
    "api:post_posts": KEY, "api:upload": KEY, "api:queue": KEY, "api:campaign": KEY, "api:decisions": KEY, "api:api-root": KEY, "api-none": KEY,
}  # fmt: skip


class Address(NamedTuple):
    """A name of the URL resolver and the places in its path."""

    name: str
    places: tuple[str, ...]


def every(patterns: Any = None, spaces: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Iterator[Address]:
    """All addresses that the resolver knows."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        held = (*places, *one.pattern.converters)
        if isinstance(one, URLPattern):
            yield Address(":".join([*spaces, one.name or f"({one.pattern})"]), held)
        else:
            yield from every(one.url_patterns, (*spaces, one.namespace) if one.namespace else spaces, held)


def test_every_address_is_classified() -> None:
    """A new address is refused here until it stands in NEEDS; one that is gone leaves NEEDS."""
    names = {address.name for address in every()}
    unknown, gone = sorted(names - set(NEEDS)), sorted(set(NEEDS) - names)
    assert not unknown, f"say in NEEDS (tests/console/staff/test_every_address.py) which right opens: {', '.join(unknown)}"
    assert not gone, f"take out of NEEDS what is no address any more: {', '.join(gone)}"


@pytest.fixture
def paths(aoi: Person, campaign: Callable[..., Any], version: Any, upload: Any) -> dict[str, str]:
    """A path for every address, with numbers of things that are there."""
    one = campaign()
    capture_posts(Actor(aoi, Via.SCREEN), [one.example_id])
    known = {
        "capture_id": Capture.objects.get().pk, "key": Archive.objects.get().key,
        "person_id": aoi.pk, "unit_id": aoi.unit_id, "campaign_id": one.pk, "version_id": version.pk, "pk": upload.pk, "upload_id": upload.pk,
        "name": "receive_parcel",
    }  # fmt: skip
    return {
        address.name: "/api/nothing/here" if address.name == "api-none" else reverse(address.name, kwargs={place: known.get(place, 1) for place in address.places})
        for address in every()
    }


def ask(client: Client, path: str) -> list[tuple[str, int, str]]:
    """Method, status and where to, of a GET and of an empty POST."""
    answers = (("GET", client.get(path)), ("POST", client.post(path)))
    return [(method, answer.status_code, answer.headers.get("Location", "")) for method, answer in answers]


def test_nobody_comes_in(paths: dict[str, str]) -> None:
    """Who has not signed in is sent to the sign-in page from everywhere; programs without a key are refused."""
    for name, path in paths.items():
        if NEEDS.get(name) == OPEN:
            continue
        for method, status, where in ask(Client(), path):
            if NEEDS.get(name) == KEY:
                assert status in (401, 404, 405), (name, method, status)
            elif name == "api-openapi":  # for programs, too: they are refused, not sent to a page
                assert status in (403, 405), (method, status)
            else:
                assert (status, where.startswith(LOGIN)) == (302, True), (name, method, status, where)


PEOPLE = [[Role.ANALYST], [Role.SUPERVISOR], [Role.AUDITOR], [Role.ADMINISTRATOR], [Role.APPROVER], [Role.CUSTODIAN], []]


@pytest.mark.parametrize("roles", PEOPLE, ids=lambda roles: "+".join(roles) or "no role")
def test_rights_open_and_close(
    paths: dict[str, str], roles: list[Role], person: Callable[..., Person], browse: Callable[[Person], Client]
) -> None:
    """Without the right an address is refused by GET and POST alike; with it nobody is refused or sent away. Nothing breaks either way."""
    someone = person("crawler", *roles)
    client = browse(someone)
    for name, path in paths.items():
        needed = NEEDS.get(name)
        if needed == OPEN:
            continue
        answers = ask(client, path)
        if SESSION_KEY not in client.session:  # some addresses end it; signing in for each would take most of the test's time
            client = browse(someone)
        statuses = {method: status for method, status, _ in answers}
        assert max(statuses.values()) < 500, (name, statuses)
        if needed == KEY:
            assert set(statuses.values()) <= {401, 404, 405}, (name, statuses)
        elif needed == OWN and not roles:
            assert set(statuses.values()) <= {403, 405} or not name.startswith(("staff", "home", "usersessions")), (name, statuses)
        elif someone.may(str(needed)):
            assert statuses["GET"] != 403, (name, statuses)
            assert not any(where.startswith(LOGIN) for _, _, where in answers), (name, answers)
            assert statuses["GET"] != 405 or statuses["POST"] != 403, (name, statuses)
        else:
            assert set(statuses.values()) <= {403, 405}, (name, statuses)
            assert 403 in statuses.values(), (name, statuses)


def test_every_post_asks_for_a_token(paths: dict[str, str], person: Callable[..., Person]) -> None:
    """A form on another site changes nothing, whoever is signed in; the API, which takes keys and no cookies, needs none."""
    everything = person("all", *Role)
    client = Client(enforce_csrf_checks=True)
    client.force_login(everything, backend="andon.console.staff.backend.SignInBackend")
    for name, path in paths.items():
        if NEEDS.get(name) == KEY:
            continue
        assert client.post(path).status_code in (403, 405), name
    nobody = Client(enforce_csrf_checks=True)
    for name, path in paths.items():
        if NEEDS.get(name) == OPEN and name != "health":
            assert nobody.post(path).status_code in (403, 405), name


def test_headers_of_every_page(paths: dict[str, str], person: Callable[..., Person], browse: Callable[[Person], Client]) -> None:
    """Scripts of ours only, no frames, no guessing of types, no address to others, nothing kept by browsers, no devices."""
    client = browse(person("all", *Role))
    seen = 0
    for name, path in paths.items():
        answer = client.get(path)
        if NEEDS.get(name) == KEY or answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        seen += 1
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, name
        for part in ("default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"):
            assert part in policy, (name, part)
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["Referrer-Policy"] == "same-origin", name
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert "no-store" in answer.headers["Cache-Control"], name
        assert "camera=()" in answer.headers["Permissions-Policy"], name
    assert seen > 20


def test_doors_are_not_kept_either(db: None) -> None:
    """The sign-in page before anybody has signed in."""
    answer = Client().get(LOGIN)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    for cookie in answer.cookies.values():
        assert cookie["samesite"], cookie


def test_public_desk_passes_djangos_own_check(tmp_path: Path) -> None:
    """`check --deploy`, with a warning being a failure, in the settings of an installation that others reach."""
    environment = os.environ | {
        "ANDON_HOME": str(tmp_path / "home"), "ANDON_PUBLIC": "1", "ANDON_HOSTS": "desk.example", "DJANGO_SETTINGS_MODULE": "andon.console.settings",
    }  # fmt: skip
    environment.pop("ANDON_DEMO", None)
    script = "from andon.console import start; start.setup(); from django.core.management import call_command; call_command('check', deploy=True, fail_level='WARNING')"
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_cookies_of_a_public_desk_travel_by_https_only(tmp_path: Path) -> None:
    """And the desk sends everybody there, for a year."""
    environment = os.environ | {"ANDON_HOME": str(tmp_path), "ANDON_PUBLIC": "1", "ANDON_HOSTS": "desk.example"}
    environment.pop("ANDON_DEMO", None)
    script = (
        "from andon.console import settings as s; "
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.LANGUAGE_COOKIE_SECURE and s.SECURE_SSL_REDIRECT; "
        "assert s.SECURE_HSTS_SECONDS >= 31536000 and s.SESSION_COOKIE_HTTPONLY and s.SECOND_FACTOR_REQUIRED and not s.DEBUG; "
        "assert s.ALLOWED_HOSTS == ['desk.example']"
    )
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
