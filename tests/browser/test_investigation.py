"""Investigations through their screens, each person signed in as themselves.

One from the proposal to the stop by a call for help; the demo's one that goes on from the meeting to the closed case.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from andon.console.demo_people import PASSWORD
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
NEED = "集合場所と時刻が分かるまで、応募者として連絡を続ける。相手は次の土曜に実行すると述べており、ほかの経路からは日程を知る方法がない"
TEXTS = {
    "necessity": f"{NEED}。", "alternatives": f"公開の投稿だけを見てきたが分からなかった。{NEED}（代わりの手段）。", "proportionality": f"押し込み強盗を防ぐためで、{NEED}（相当性）。",
    "collateral": f"ほかの応募者の名は控えず、{NEED}（巻き込み）。", "confidential": f"相手の家族の話は記録から分け、{NEED}（秘密）。", "abort_point": f"実行役を命じられたら中止し、{NEED}（中止点）。",
    "staffing": "担当官一人、見守り二人、当直一人が実施の間ずっと連絡できるようにする。",
}  # fmt: skip


def opened(page: Page, ending: str) -> Locator:
    """The form that posts to an address with this ending, unfolded as a press on its heading does."""
    form = page.locator(f"main form[action$='{ending}']").first
    fold = form.locator("xpath=ancestor::details[not(@open)]")
    if fold.count():
        fold.first.locator("summary").first.click()
    return form


def send(page: Page, ending: str, **fields: str) -> None:
    """Fill a form in and press its button."""
    form = opened(page, ending)
    for name, value in fields.items():
        field = form.locator(f"[name='{name}'], [name$='-{name}']").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    with page.expect_navigation():
        form.locator("button").last.click()


def second(at: datetime) -> str:
    """As a field for a time takes it."""
    return at.astimezone(JAPAN).strftime("%Y-%m-%dT%H:%M:%S")


def test_an_investigation_by_its_screens(sign_in: Callable[..., Page]) -> None:
    """What a rule forbids is refused on the way in one sentence; the case page tells the whole story; nobody but the approver could go on."""
    aoi, toru, rin, sora, ken = (sign_in(name) for name in ("aoi", "toru", "rin", "sora", "ken"))

    aoi.goto("/review/")
    aoi.wait_for_load_state("networkidle")
    campaign = re.search(r"\d+", aoi.locator("form[action^='/cases/propose/']").first.get_attribute("action") or "")
    assert campaign is not None
    aoi.keyboard.press("i")
    with aoi.expect_response(lambda answer: "/cases/propose/" in answer.url and answer.status < 400):
        aoi.locator("form[action^='/cases/propose/'] button").first.click()

    toru.goto("/cases/")
    toru.get_by_role("link", name="件名未定の提案").first.click()
    case = int(re.findall(r"/cases/(\d+)", toru.url)[0])
    form = toru.locator("form[action$='/take-up']")
    form.locator("[name=title]").fill("引っ越し手伝いを装う募集（見本）")
    form.get_by_role("button", name="引き受ける").click()
    expect(toru.get_by_role("heading", level=1)).to_have_text("引っ越し手伝いを装う募集（見本）")

    plan = drafted(toru, case)
    send(toru, "/do/submit/")
    mio = sign_in("mio")
    mio.goto(plan)
    send(mio, "/decide/approve/")
    assert "/account/reauthenticate/" in mio.url, "a grave act asks again who it is"
    mio.fill("[name=password]", PASSWORD)
    with mio.expect_navigation(url=plan):
        mio.press("[name=password]", "Enter")
    sora.goto(plan)
    send(sora, "/do/begin/")
    expect(sora.get_by_role("alert").first).to_contain_text("U8")  # the NPA has not been told

    toru.goto(plan)
    send(toru, "/do/notify/", reference="見本 26-14", given_at=second(datetime.now(JAPAN)))
    sora.goto(plan)
    send(sora, "/do/begin/")
    expect(sora.get_by_role("alert").first).to_be_visible()  # nobody is under seal, nobody has consented

    prepared(case, plan, toru=toru, sora=sora, ken=ken, rin=rin)
    sora.goto(plan)
    send(sora, "/do/begin/")
    expect(sora.locator("main .badge", has_text="実施中").first).to_be_visible()

    number = plan.rstrip("/").rsplit("/", 1)[-1]
    toru.goto(f"/undercover/log/plans/{number}/")
    entry = toru.locator("main form", has=toru.locator("[name=words]")).first
    entry.locator("[name=direction][value=in]").check()
    entry.locator("[name=words]").fill("応募ありがとうございます。免許証の写真を送ってください")
    entry.locator("[name=asks_id]").check()
    entry.get_by_role("button", name="記録する").click()
    expect(toru.locator("main", has_text="免許証の写真を送ってください")).to_be_visible()
    toru.goto(f"/undercover/log/plans/{number}/")
    expect(toru.locator("main")).not_to_contain_text("承認の外")  # begun seconds before, in the same minute

    ken.set_viewport_size({"width": 390, "height": 844})
    ken.goto("/undercover/safety/help/")
    button = ken.locator("[data-help] button").first
    button.click()
    button.click()  # the second tap
    expect(ken.locator("main")).to_contain_text("知らせました")

    sora.goto(plan)
    expect(sora.locator("main .badge", has_text="停止").first).to_be_visible()
    assert sora.locator("main form[action$='/resume/']").count() == 0, "only the approver lets it go on"
    told(toru, case, officer="見本 けん")


def test_to_the_end_by_its_screens(sign_in: Callable[..., Page]) -> None:
    """At the place, the victim warned, the outcome; no case is closed before every document is back, reconciled and destroyed by two people."""
    toru, rin, sora = (sign_in(name) for name in ("toru", "rin", "sora"))
    toru.goto("/cases/?q=見守り名目")
    toru.get_by_role("link", name="見守り名目の下見役を集める募集").first.click()
    case = toru.url
    toru.locator("main a[href^='/undercover/log/plans/']").first.click()
    log = toru.url
    number = log.rstrip("/").rsplit("/", 1)[-1]
    entry = toru.locator("main form", has=toru.locator("[name=words]")).first
    entry.locator("[name=direction][value=met]").check()
    entry.locator("[name=words]").fill("北口に一人で来た。名乗った名は連絡と同じ")
    entry.locator("details:has([name=channel]) > summary").click()
    entry.locator("[name=channel]").select_option("in_person")
    entry.get_by_role("button", name="記録する").click()
    expect(toru.locator("main", has_text="北口に一人で来た")).to_be_visible()
    toru.goto(log)
    at_place(toru, number)
    expect(toru.get_by_role("alert").first).to_contain_text("被害")  # nobody has seen to who was meant
    form = opened(toru, f"plans/{number}/victim/")
    form.locator("[name$=warned]").first.check()
    send(toru, f"plans/{number}/victim/", victim_text="家の人に警察官が会い、見守りを始めた")
    at_place(toru, number)

    sora.goto(log)
    now = second(datetime.now(JAPAN))
    arrests = {"offence_0": "robbery", "form_0": "preparation", "people_0": "1"}
    send(sora, f"plans/{number}/outcome/", outcome="arrested", ended_at=now, outcome_text="来た一人を強盗予備で逮捕した", **arrests)
    plan = f"/undercover/plans/{number}/"
    sora.goto(plan)
    send(sora, "/do/end/", text="目的を達した")

    rin.goto(f"/undercover/identities/plans/{number}/")
    rin.locator("main a[href^='/undercover/identities/documents/']").first.click()
    document = rin.url
    two_people(rin, toru, document, "take_back", note="担当官から戻った")
    rin.goto(document)
    form = opened(rin, "/store/")
    form.locator("[name$=place]").select_option(index=1)
    send(rin, "/store/")
    close(sora, case)
    expect(sora.get_by_role("alert").first).to_contain_text("D4")
    two_people(rin, sora, f"/undercover/identities/plans/{number}/", "reconcile", note="現物と台帳を照合した")
    two_people(rin, sora, document, "destroy", note="裁断し、焼却した")
    sora.goto(plan)
    send(sora, "/do/close/", text="書類を含めて終わった")
    close(sora, case)
    expect(sora.locator("main .badge", has_text="終了").first).to_be_visible()
    told(toru, int(re.findall(r"/cases/(\d+)", case)[0]), officer="見本 けん", lanes=("投稿", "接触", "承認", "結果", "事件", "安全"))


def at_place(page: Page, plan: str) -> None:
    """The stage, every stop rule answered with no."""
    form = opened(page, f"plans/{plan}/stage/")
    form.locator("[name$=entry]").select_option(index=1)
    for no in form.locator("[type=radio][value=no]").all():
        no.check()
    send(page, f"plans/{plan}/stage/", stage="at_place")


def close(page: Page, case: str) -> None:
    """The case, in its dialog."""
    page.goto(case)
    page.locator("[data-open=close]").click()
    send(page, "/close", note="終わった")


def two_people(first: Page, second: Page, address: str, act: str, **fields: str) -> None:
    """One begins, the other says that it was done."""
    first.goto(address)
    send(first, f"/{act}/", **fields)
    second.goto(address)
    with second.expect_navigation():
        second.locator("main form[action$='/confirm/'] button").first.click()


def drafted(toru: Page, case: int) -> str:
    """The plan of the case, written; its address."""
    toru.goto(f"/undercover/plans/new/{case}/")
    for name, text in TEXTS.items():
        toru.fill(f"main [name={name}]", text)
    toru.check("main [name=offences][value=robbery]")
    toru.locator("main [name=posts]").first.check()
    toru.select_option("main [name=coordinator]", index=1)
    toru.select_option("main [name=custodian]", index=1)
    begins = datetime.now(JAPAN).date()
    for name, value in (
        ("operators", "K-21"), ("targets", "telegram:mihon_boss"), ("accounts", "telegram:mihon_oubo"), ("starts_on", begins.isoformat()),
        ("ends_on", (begins + timedelta(days=20)).isoformat()), ("documents_planned", "1"),
    ):  # fmt: skip
        toru.fill(f"main [name={name}]", value)
    toru.get_by_role("button", name="下書きの保存").click()
    toru.wait_for_url(re.compile(r"/undercover/plans/\d+/$"))
    return toru.url


def prepared(case: int, plan: str, *, toru: Page, sora: Page, ken: Page, rin: Page) -> None:
    """The identity as it was issued, the officer under seal, the risks told of, consent."""
    number = plan.rstrip("/").rsplit("/", 1)[-1]
    rin.goto(f"/undercover/identities/plans/{number}/")
    given = {
        "identity_name": "見本 次郎",
        "born_on": "1999-02-03",
        "address": "見本県架空市見本町9丁目99番9号",
        "officer": "K-21",
        "face": "police",
        "face_note": "実在しない顔",
    }
    send(rin, f"plans/{number}/identity/", **given)
    expect(rin.locator("main", has_text="見本 次郎").first).to_be_visible()
    toru.goto(f"/undercover/identities/plans/{number}/")
    form = opened(toru, f"plans/{number}/seal/")
    form.locator("[name$=person]").select_option(index=1)
    send(toru, f"plans/{number}/seal/", code="K-21")
    sora.goto(f"/undercover/safety/plans/{number}/")
    form = opened(sora, f"plans/{number}/brief/")
    for risk in form.locator("[name$=risks]").all():
        risk.check()
    send(sora, f"plans/{number}/brief/", text="危険と支援の体制、いつでもやめられることを伝えた")
    ken.goto(f"/cases/{case}")  # the officer sees the case from now on
    ken.goto(f"/undercover/safety/plans/{number}/")
    send(ken, f"plans/{number}/consent/", officer="K-21")


def told(page: Page, case: int, *, officer: str, lanes: tuple[str, ...] = ("投稿", "保全", "接触", "承認", "事件", "安全")) -> None:
    """The case page has every lane of the story, at both widths, and never the officer's name."""
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/cases/{case}")
        text = page.locator("main").inner_text()
        assert [lane for lane in lanes if lane not in text] == []
        assert officer not in text
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth + 1")
