"""The pages: an officer writes, reads, approves, undoes and withdraws; who may not sees no button and is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from warning_help import account_at, approve_all, send_all

from andon.console import gate
from andon.console.measures.kinds.warning.actions.drafting import draft
from andon.console.measures.kinds.warning.models import Account, Batch, WarningReply, Wording
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.test import Client
    from servers import Mastodon

    from andon.console.gate import Actor
    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def fresh(client: Client) -> Client:
    """As one who has just proved again who they are."""
    client.post(reverse("account_reauthenticate"), {"password": "correct horse battery staple"})
    return client


def test_from_campaign_to_approval_and_undo(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], aoi: Person, browse: Callable[[Person], Client],
    settings: Any, django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    """Two presses of Enter by who decided; the undo takes all of it back."""
    settings.MEASURES_UNDO_SECONDS = 60
    campaign, client = posted(mastodon, posts=30), browse(aoi)
    with django_assert_max_num_queries(45):
        page = client.get(reverse("warning:compose", args=[campaign.pk]))
    assert "30 件を起案" in page.content.decode()
    assert f'value="{wording.pk}"' in page.content.decode()
    answer = client.post(reverse("warning:compose", args=[campaign.pk]), {"account": on_mastodon.pk, "wording": wording.pk})
    batch = Batch.objects.get()
    assert answer.headers["Location"] == reverse("warning:batch", args=[batch.pk])
    with django_assert_max_num_queries(40):
        page = client.get(answer.headers["Location"]).content.decode()
    read = re.findall(r'name="read"[^>]*value="([0-9a-f]{64})"[^>]*checked', page)
    assert len(read) == 1  # what aoi had before their eyes when deciding is ticked already
    client.post(reverse("warning:approve", args=[batch.pk]), {"read": read})
    assert set(WarningReply.objects.values_list("state", flat=True)) == {"approved"}
    assert "30 件を取り消す" in client.get(reverse("warning:batch", args=[batch.pk])).content.decode()
    client.post(reverse("warning:undo", args=[batch.pk]))
    assert set(WarningReply.objects.values_list("state", flat=True)) == {"cancelled"}
    send_all()
    assert mastodon.replies == []


def test_who_did_not_decide_ticks_for_themselves(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], jun: Person, actor: Callable[..., Actor],
    browse: Callable[[Person], Client],
) -> None:  # fmt: skip
    """Nothing is ticked, and an approval without a tick is refused with a sentence."""
    batch = draft(actor(jun), posted(mastodon).pk, on_mastodon.pk, wording.pk)
    client = browse(jun)
    assert "checked" not in client.get(reverse("warning:batch", args=[batch.pk])).content.decode()
    answer = client.post(reverse("warning:approve", args=[batch.pk]))
    assert answer.status_code == 403
    assert "投稿を読んで" in answer.content.decode()


def test_the_post_is_shown_as_text(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], aoi: Person, actor: Callable[..., Actor],
    browse: Callable[[Person], Client],
) -> None:  # fmt: skip
    """Markup of a stranger's post is shown, not run; what cannot be seen is named."""
    batch = draft(actor(aoi), posted(mastodon, "<script>alert(1)</script> 日給5万\u202e", posts=1).pk, on_mastodon.pk, wording.pk)
    page = browse(aoi).get(reverse("warning:batch", args=[batch.pk])).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "\u202e" not in page


def test_another_units_batch_has_no_buttons(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], aoi: Person, person: Callable[..., Person],
    actor: Callable[..., Actor], browse: Callable[[Person], Client],
) -> None:  # fmt: skip
    """It may be read, since one post has one warning over all units; approving is refused."""
    with gate._door():
        other = type(aoi.unit).objects.create(name="別の県警", kind="police")
    batch = draft(actor(aoi), posted(mastodon).pk, on_mastodon.pk, wording.pk)
    client = browse(person("rin", Role.ANALYST, unit=other))
    page = client.get(reverse("warning:batch", args=[batch.pk])).content.decode()
    assert "data-approve" not in page
    assert client.post(reverse("warning:approve", args=[batch.pk]), {"read": ["x"]}).status_code == 403
    assert client.post(reverse("warning:drop", args=[batch.pk])).status_code == 403


def test_a_sent_warning_is_withdrawn_from_its_page(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, apology: Wording, posted: Callable[..., Campaign], aoi: Person, actor: Callable[..., Actor],
    browse: Callable[[Person], Client],
) -> None:  # fmt: skip
    """The form asks for the reason; the log stands beside the thread."""
    approve_all(actor(aoi), draft(actor(aoi), posted(mastodon, posts=1).pk, on_mastodon.pk, wording.pk))
    send_all()
    warning, client = WarningReply.objects.get(), browse(aoi)
    where = reverse("warning:warning", args=[warning.pk])
    assert "撤回してお詫びする" in client.get(where).content.decode()
    assert client.post(reverse("warning:withdraw", args=[warning.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("warning:withdraw", args=[warning.pk]), {"reason": "minor", "wording": apology.pk, "note": "高校生だった"})
    send_all()
    page = client.get(where).content.decode()
    assert "撤回完了" in page
    assert "高校生だった" in page
    assert "warning.event." not in page
    assert "お詫び" in mastodon.replies[0].text


def test_copy_and_mark_as_posted(
    mastodon: Mastodon, unit: Any, wording: Wording, posted: Callable[..., Campaign], aoi: Person, sora: Person, actor: Callable[..., Actor],
    browse: Callable[[Person], Client],
) -> None:  # fmt: skip
    """Without a connection the page gives the text to copy, and takes the reply's address."""
    account = account_at(mastodon, unit, sora, service="copy", token="", is_live=False)
    approve_all(actor(aoi), draft(actor(aoi), posted(mastodon, posts=1).pk, account.pk, wording.pk))
    warning, client = WarningReply.objects.get(), browse(aoi)
    page = client.get(reverse("warning:warning", args=[warning.pk])).content.decode()
    step = re.search(r'name="outgoing" value="(\d+)"', page)
    assert step
    assert "data-copy-from" in page
    client.post(reverse("warning:posted", args=[warning.pk]), {"outgoing": step.group(1), "url": "javascript:alert(1)"})
    assert WarningReply.objects.get().state == "approved"
    client.post(reverse("warning:posted", args=[warning.pk]), {"outgoing": step.group(1), "url": "https://social.example/1"})
    warning.refresh_from_db()
    assert (warning.state, warning.remote_id) == ("sent", "https://social.example/1")


def test_the_composer_names_those_who_are_not_warned(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], aoi: Person, browse: Callable[[Person], Client]
) -> None:
    """With where they can be led."""
    campaign = posted(mastodon, posts=2)
    victim = campaign.members.order_by("pk").first()
    with gate._door():
        type(victim).objects.filter(pk=victim.pk).update(text="応募してしまいました。助けてください")
    page = browse(aoi).get(reverse("warning:compose", args=[campaign.pk])).content.decode()
    assert "警告しない投稿" in page
    assert "助けを求める言葉" in page
    assert "1 件を起案" in page


def test_wordings_are_proposed_and_reviewed_by_another(aoi: Person, sora: Person, browse: Callable[[Person], Client]) -> None:
    """One that breaks a rule comes back with the sentence of the rule."""
    client = browse(aoi)
    bad = {"title": "悪い", "purpose": "warning", "language": "ja", "text": "この投稿は犯罪です #闇バイト"}
    answer = client.post(reverse("warning:wording_new"), bad)
    assert answer.status_code == 422
    assert "ハッシュタグは使えません" in answer.content.decode()
    good = bad | {"title": "良い", "text": "{unit}です。この投稿は募集のおそれがあります。相談は #9110 へ。確認 {verify}"}
    assert client.post(reverse("warning:wording_new"), good).status_code == 302
    one = Wording.objects.get()
    assert client.post(reverse("warning:review", args=[one.pk])).status_code == 403
    boss = browse(sora)
    assert "良い" in boss.get(reverse("warning:wordings")).content.decode()
    boss.post(reverse("warning:review", args=[one.pk]))
    one.refresh_from_db()
    assert (one.state, one.made_by, one.reviewed_by) == ("reviewed", aoi, sora)


def test_the_check_answers_while_typing(aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Rules and lengths of what is in the field."""
    page = browse(aoi).post(reverse("warning:check"), {"text": "この投稿は闇バイトです", "purpose": "warning"}, headers={"HX-Request": "true"}).content.decode()
    assert "決めつけています" in page
    assert "X 22 / 280" in page


def test_account_from_adding_to_live(mastodon: Mastodon, sora: Person, browse: Callable[[Person], Client]) -> None:
    """Added, asked, badge checked, switched: in no other order; the key is shown on no page."""
    client = fresh(browse(sora))
    new = {"service": "mastodon", "server": mastodon.url, "handle": "@keisatsu", "name": "試験県警察", "verify_url": "https://www.example.jp/a", "token": mastodon.token}
    where = client.post(reverse("warning:account_new"), new).headers["Location"]
    one = Account.objects.get()
    assert (one.handle, one.is_live) == ("keisatsu", False)
    assert client.post(reverse("warning:switch", args=[one.pk]), {"to": "live"}).status_code == 403
    client.post(reverse("warning:ask", args=[one.pk]))
    assert client.post(reverse("warning:switch", args=[one.pk]), {"to": "live"}).status_code == 403
    client.post(reverse("warning:badge", args=[one.pk]), {"badge": "both", "badge_note": "公式サイトを見た"})
    client.post(reverse("warning:switch", args=[one.pk]), {"to": "live"})
    one.refresh_from_db()
    assert one.is_live
    assert mastodon.token not in client.get(where).content.decode()
    client.post(where, {"name": "試験県警察", "verify_url": "https://www.example.jp/a", "new_token": "another"})
    one.refresh_from_db()
    assert not one.is_live


def test_going_live_asks_for_a_fresh_sign_in(mastodon: Mastodon, on_mastodon: Account, sora: Person, browse: Callable[[Person], Client]) -> None:
    """An open screen is not enough."""
    answer = browse(sora).post(reverse("warning:switch", args=[on_mastodon.pk]), {"to": "off"})
    assert "reauthenticate" in answer.headers["Location"]


def test_a_wrong_key_is_said_plainly(mastodon: Mastodon, on_mastodon: Account, sora: Person, browse: Callable[[Person], Client]) -> None:
    """And nothing is kept of it."""
    mastodon.token = "changed"
    client = browse(sora)
    client.post(reverse("warning:ask", args=[on_mastodon.pk]))
    assert "キーが認められない" in client.get(reverse("warning:account", args=[on_mastodon.pk])).content.decode()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_page_shows_a_code_instead_of_a_sentence(
    language: str, mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], sora: Person, actor: Callable[..., Actor],
    browse: Callable[[Person], Client],
) -> None:  # fmt: skip
    """Every page of warnings in both languages."""
    with gate._door():
        type(sora).objects.filter(pk=sora.pk).update(language=language)
    sora.refresh_from_db()
    campaign = posted(mastodon, posts=3)
    first = draft(actor(sora), campaign.pk, on_mastodon.pk, wording.pk)
    approve_all(actor(sora), first)
    send_all()
    client = browse(sora)
    paths = [
        reverse("warning:list"), reverse("warning:compose", args=[campaign.pk]), reverse("warning:batch", args=[first.pk]),
        reverse("warning:warning", args=[first.warnings.first().pk]), reverse("warning:wordings"), reverse("warning:wording_new"), reverse("warning:accounts"),
        reverse("warning:account", args=[on_mastodon.pk]), reverse("warning:account_new"),
    ]  # fmt: skip
    for path in paths:
        answer = client.get(path)
        page = re.sub(r"<[^>]*>", " ", re.sub(r"<script.*?</script>", "", answer.content.decode(), flags=re.DOTALL))
        assert answer.status_code == 200, path
        assert not re.findall(r"\b(?:warning|refused|conflict|outgoing|channel|waiting|review)\.[a-z_.]+", page), path


def test_the_card_of_a_campaign_leads_here(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], aoi: Person, actor: Callable[..., Actor],
    browse: Callable[[Person], Client],
) -> None:  # fmt: skip
    """Once it is decided: the way to the composer, and how many warnings there are."""
    client, undecided = browse(aoi), posted(mastodon, decided=False)
    assert reverse("warning:compose", args=[undecided.pk]) not in client.get(reverse("review:card", args=[undecided.pk])).content.decode()
    campaign = posted(mastodon, "運び案件 東京 即日 1件5万円", posts=2)
    draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    page = client.get(reverse("review:card", args=[campaign.pk])).content.decode()
    assert reverse("warning:compose", args=[campaign.pk]) in page
    assert "確認待ち</span>" in page
