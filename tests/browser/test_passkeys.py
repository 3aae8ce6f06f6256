"""Passkeys in a real browser, with a virtual device: made, used to sign in alone, used as a second factor, used before a grave act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import CDPSession, Page
    from running import Desk

pytestmark = pytest.mark.browser


def device(page: Page, *, resident: bool = True) -> CDPSession:
    """A device that says yes, with the finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal" if resident else "usb", "hasResidentKey": resident, "hasUserVerification": resident,
        "isUserVerified": resident, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_passkey_is_made_and_signs_in_alone(desk: Desk, sign_in: Callable[..., Page]) -> None:
    """Then it also confirms who one is before a key for a program is made; and it can be taken away."""
    page = sign_in("aoi")
    kept = device(page)
    page.goto("/account/2fa/webauthn/add/")
    page.fill("input[name=name]", "職場のパソコン")
    page.click("form[data-passkey] .button--primary")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator("#codes li").count() == 10
    page.goto("/account/logout/")
    page.click(".form .button--primary")
    page.wait_for_url("**/account/login/")

    page.click("form[data-passkey=fetch] button")
    page.wait_for_url(desk.address)

    page.goto("/staff/tokens/")
    page.fill("input[name=label]", "試験")
    page.check("input[name=scopes] >> nth=0")
    page.click("form.form .button--primary")
    page.wait_for_url("**/account/reauthenticate/**")
    page.click("a[href*='webauthn/reauthenticate']")
    page.click("form[data-passkey=get] button")
    assert page.locator("#new-key").inner_text().startswith("andon_")

    page.goto("/account/2fa/webauthn/")
    assert "職場のパソコン" in page.locator("ul.list").inner_text()
    page.click("a[href$='/remove/']")
    page.click(".button--danger")
    page.wait_for_url("**/account/2fa/webauthn/")
    kept.send("WebAuthn.disable")


def test_security_key_is_a_second_factor(desk: Desk, sign_in: Callable[..., Page]) -> None:
    """One that cannot sign in alone; a refusal of the device is said in a sentence, and the password's page stays usable."""
    page = sign_in("sora")
    device(page, resident=False)
    page.goto("/account/2fa/webauthn/add/")
    page.uncheck("input[name=passwordless]")
    page.click("form[data-passkey] .button--primary")
    page.wait_for_url("**/recovery-codes/")
    page.goto("/account/logout/")
    page.click(".form .button--primary")
    page.fill("input[name=login]", "sora")
    page.fill("input[name=password]", desk.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/2fa/authenticate/")
    page.click("form[data-passkey=get] button")
    page.wait_for_url(desk.address)
