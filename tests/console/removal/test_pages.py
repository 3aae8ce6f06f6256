"""The pages: what they say, what can be done on them and by whom, in how many queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from andon.console.audit.models import Entry
from andon.console.measures.common.kinds import KINDS
from andon.console.measures.kinds.removal.actions.approve import approve
from andon.console.measures.kinds.removal.actions.draft import draft
from andon.console.measures.kinds.removal.documents.formats import FORMATS
from andon.console.measures.kinds.removal.models import Request, Rules

from .conftest import go, look
from .reading import pdf_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console import gate
    from andon.console.intake.models import Campaign, Post
    from andon.console.measures.common.models import Provider
    from andon.console.staff.models import Person

    Browse = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
LIST = "/measures/removals/"


def kind() -> object:
    return next(one for one in KINDS if one.code == "removal")


@pytest.fixture
def drafted(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor]
) -> Callable[..., Request]:
    """Make a request that is drafted."""

    def make(posts: int = 2, person: Person | None = None, **fields: object) -> Request:
        provider(**fields)
        return draft(actor(person or sora), recruited(posts=posts).pk)[0]

    return make


def test_list(sent: Callable[..., Request], aoi: Person, browse: Browse, django_assert_max_num_queries: Callable[[int], object]) -> None:
    """Lists, filters, counts; in few queries; nothing that makes no sense in an address breaks it."""
    request = sent()
    client = browse(aoi)
    client.get(LIST)
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        page = client.get(LIST).content.decode()
    assert f"{LIST}{request.pk}/" in page
    assert f"R{request.pk}</a>" not in client.get(LIST, {"state": "removed"}).content.decode()
    assert f"R{request.pk}</a>" in client.get(LIST, {"state": "all", "provider": request.provider_id, "mine": "1"}).content.decode()
    assert client.get(LIST, {"state": "<b>", "provider": "9" * 40, "page": "zzz"}).status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
def test_request_page_in_every_state(
    sent: Callable[..., Request], aoi: Person, browse: Browse, language: str, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    """Every state has its words in both languages; no code shows."""
    from andon.console import gate

    request = sent()
    look([item.post for item in request.items.all()[:1]], "gone")
    with gate._door():
        type(aoi).objects.filter(pk=aoi.pk).update(language=language)
    client = browse(aoi)
    address = reverse("removal:request", args=[request.pk])
    client.get(address)
    for state in Request.State.values:
        with gate._door():
            Request.objects.filter(pk=request.pk).update(state=state)
        with django_assert_max_num_queries(40):  # type: ignore[attr-defined]
            answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200, state
        assert "removal.state." not in page
        assert "removal.event." not in page
        assert "removal.field." not in page
    assert Entry.objects.filter(event="removal.opened", subject=f"removal:{request.pk}").exists()


def test_from_decision_to_sent_by_the_screen(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, browse: Browse, mails: list[object]
) -> None:
    """Draft, approve, undo, approve, sent: each by one press."""
    provider()
    client = browse(sora)
    answer = client.post(f"{LIST}campaigns/{recruited().pk}/draft/")
    request = Request.objects.get()
    assert answer["Location"] == reverse("removal:request", args=[request.pk])
    page = client.get(answer["Location"]).content.decode()
    assert reverse("removal:approve", args=[request.pk]) in page
    assert client.post(reverse("removal:approve", args=[request.pk])).status_code == 302
    assert reverse("removal:undo", args=[request.pk]) in client.get(answer["Location"]).content.decode()
    assert client.post(reverse("removal:undo", args=[request.pk])).status_code == 302
    client.post(reverse("removal:approve", args=[request.pk]))
    go()
    assert len(mails) == 1
    assert client.post(reverse("removal:undo", args=[request.pk])).status_code == 409


def test_nothing_to_ask_is_said(recruited: Callable[..., Campaign], sora: Person, browse: Browse) -> None:
    """A campaign whose provider nobody knows: one sentence, no empty page."""
    answer = browse(sora).post(f"{LIST}campaigns/{recruited().pk}/draft/")
    assert answer.status_code == 409
    assert "事業者かアドレスが不明" in answer.content.decode()


def test_a_reader_can_do_nothing(drafted: Callable[..., Request], person: Callable[..., Person], browse: Browse) -> None:
    """Who may only read sees the page without its acts, and the acts refuse."""
    request = drafted()
    client = browse(person("ren", "investigator"))
    page = client.get(reverse("removal:request", args=[request.pk])).content.decode()
    assert reverse("removal:approve", args=[request.pk]) not in page
    for name in ("approve", "undo", "police", "answer", "again", "change", "drop", "give_up"):
        assert client.post(reverse(f"removal:{name}", args=[request.pk])).status_code == 403, name


def test_held_posts_say_whom_to_ask_not_why(drafted: Callable[..., Request], hold_on: Callable[[Post], None], aoi: Person, browse: Browse) -> None:
    """A unit, a person and a number of posts; no reason."""
    request = drafted()
    hold_on(request.items.first().post)  # type: ignore[union-attr]
    page = browse(aoi).get(reverse("removal:request", args=[request.pk])).content.decode()
    assert "1 件は保全中のため含めません。別の係 の Yui に確認してください。" in page
    assert "evidence" not in page


def test_documents_are_shown_and_taken(drafted: Callable[..., Request], sora: Person, browse: Browse, actor: Callable[..., gate.Actor]) -> None:
    """Every form can be looked at and taken along, as a draft and as approved; taking is kept; a letter of another request is not there."""
    request = drafted()
    letter = request.letters.get()
    client = browse(sora)
    for form, one in FORMATS.items():
        shown = client.get(reverse("removal:preview", args=[request.pk, letter.pk, form]))
        assert shown.status_code == 200, form
        answer = client.get(reverse("removal:document", args=[request.pk, letter.pk, form]))
        assert answer["Content-Type"] == one.media_type
        assert answer["Content-Disposition"].startswith("attachment")
        assert len(answer.content) > 200, form
    assert Entry.objects.filter(event="removal.document_taken").count() == len(FORMATS)
    approve(actor(sora), request.pk)
    taken = client.get(reverse("removal:document", args=[request.pk, letter.pk, "pdf"])).content
    assert "Sora" in pdf_text(taken)
    assert client.get(reverse("removal:document", args=[request.pk + 1, letter.pk, "pdf"])).status_code == 404
    assert client.get(reverse("removal:document", args=[request.pk, letter.pk, "exe"])).status_code == 404
    assert client.get(reverse("removal:preview", args=[request.pk, letter.pk, "exe"])).status_code == 404


def test_posts_words_are_no_markup(drafted: Callable[..., Request], aoi: Person, browse: Browse) -> None:
    """A post's text, address or a person's remark is text, wherever it is shown."""
    from andon.console import gate
    from andon.console.intake.models import Post
    from andon.console.measures.kinds.removal.actions import again

    request = drafted()
    bad = "<script>alert(1)</script>"
    with gate._door():
        Post.objects.update(text=bad * 3, url=f"https://social.example/{bad}")
    again.change(gate.Actor(aoi, gate.Via.SCREEN), request.pk, text=bad)
    client, letter = browse(aoi), request.letters.get()
    for address in (
        reverse("removal:request", args=[request.pk]), *(reverse("removal:preview", args=[request.pk, letter.pk, form]) for form in FORMATS)
    ):  # fmt: skip
        assert bad not in client.get(address).content.decode(), address


def test_acts_keep_what_was_typed(sent: Callable[..., Request], sora: Person, browse: Browse) -> None:
    """An answer without its reason comes back with what was typed and one sentence."""
    request = sent()
    client = browse(sora)
    answer = client.post(reverse("removal:answer", args=[request.pk]), {"answer-code": "refused", "answer-answered_at": "", "answer-text": ""})
    assert answer.status_code == 422
    assert "拒否の理由を入力してください" in answer.content.decode()
    answer = client.post(reverse("removal:answer", args=[request.pk]), {"answer-code": "refused", "answer-text": "規約に反しない"})
    assert answer.status_code == 302
    request.refresh_from_db()
    assert request.state == "refused"
    page = client.get(reverse("removal:request", args=[request.pk])).content.decode()
    assert "規約に反しない" in page
    answer = client.post(
        reverse("removal:again", args=[request.pk]),
        {"again-kind": "escalation", "again-receiver": "上位窓口", "again-address": "desk@above.example", "again-text": ""},
    )
    assert answer.status_code == 302
    assert request.letters.filter(kind="escalation").exists()


def test_police_by_the_screen(drafted: Callable[..., Request], rin: Person, browse: Browse) -> None:
    """A hotline records whom it told; then it may approve."""
    request = drafted(person=rin)
    client = browse(rin)
    address = reverse("removal:request", args=[request.pk])
    assert reverse("removal:approve", args=[request.pk]) not in client.get(address).content.decode()
    assert client.post(reverse("removal:police", args=[request.pk]), {"police-whom": ""}).status_code == 422
    assert client.post(reverse("removal:police", args=[request.pk]), {"police-whom": "警察庁 2026-1", "police-told_at": "2026-11-20T09:00"}).status_code == 302
    page = client.get(address).content.decode()
    assert "警察庁 2026-1" in page
    assert "2026-11-20 09:00" in page
    assert reverse("removal:approve", args=[request.pk]) in page


def test_rules_page(aoi: Person, sora: Person, browse: Browse) -> None:
    """An analyst reads the rules, a supervisor sets them."""
    assert "上席の権限" in browse(aoi).get(f"{LIST}rules/").content.decode()
    assert browse(aoi).post(f"{LIST}rules/", {"wait_hours": 1, "remind_days": 1, "escalate_after": 1}).status_code == 403
    answer = browse(sora).post(f"{LIST}rules/", {"wait_hours": 24, "tells_police": ["hotline", "platform"], "remind_days": 5, "escalate_after": 3})
    assert answer.status_code == 302
    rules = Rules.objects.get()
    assert (rules.wait_hours, rules.tells_police, rules.remind_days, rules.escalate_after) == (24, ["hotline", "platform"], 5, 3)
    assert browse(sora).post(f"{LIST}rules/", {"wait_hours": 9999, "remind_days": 5, "escalate_after": 3}).status_code == 422


def test_the_board_knows_what_would_go_where(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor], hold_on: Callable[[Post], None],
    mails: list[object],
) -> None:  # fmt: skip
    """Counts before drafting; drafting and approving many at once; what waits afterwards."""
    from andon.console import gate as gates
    from andon.console.intake.models import Post

    removal = kind()
    provider()
    first, second = recruited(posts=3), recruited(posts=2)
    ids = [first.pk, second.pk]
    with gates._door():
        Post.objects.filter(pk=second.members.first().pk).update(url="", source="nobody")  # type: ignore[union-attr]
    hold_on(first.members.first())  # type: ignore[arg-type]
    lines = removal.preview(sora, ids)  # type: ignore[attr-defined]
    assert [(line.label, line.posts, line.ready, line.held, line.already, line.gone) for line in lines] == [
        ("ソーシャル株式会社", 4, 3, 1, 0, 0), ("事業者またはアドレスが不明", 1, 0, 0, 0, 0),
    ]  # fmt: skip
    assert lines[0].whom_to_ask == ("別の係 Yui",)
    made = removal.prepare(actor(sora), ids)  # type: ignore[attr-defined]
    assert len(made) == 2
    assert [one.code for one in removal.waiting(sora)] == ["removal.waiting.approve"] * 2  # type: ignore[attr-defined]
    assert removal.approve(actor(sora), [one.id for one in made]) == 2  # type: ignore[attr-defined]
    go()
    assert len(mails) == 2
    assert removal.waiting(sora) == []  # type: ignore[attr-defined]
    again = removal.preview(sora, ids)[0]  # type: ignore[attr-defined]
    assert (again.ready, again.already, again.held) == (0, 3, 1)


def test_what_waits_is_of_the_own_unit(drafted: Callable[..., Request], rin: Person, sora: Person) -> None:
    """Another unit's drafts wait for that unit."""
    drafted()
    assert len(kind().waiting(sora)) == 1  # type: ignore[attr-defined]
    assert kind().waiting(rin) == []  # type: ignore[attr-defined]


def test_a_form_by_the_screen(drafted: Callable[..., Request], sora: Person, browse: Browse, hold_on: Callable[[Post], None]) -> None:
    """Approved for a form: the addresses to copy, the form to open, one press to say that it was done; a hold takes that away."""
    request = drafted(channel="form", address="https://social.example/report")
    client, address = browse(sora), reverse("removal:request", args=[request.pk])
    assert client.post(reverse("removal:carried", args=[request.pk])).status_code == 404
    client.post(reverse("removal:approve", args=[request.pk]))
    page = client.get(address).content.decode()
    assert 'href="https://social.example/report"' in page
    assert "\n".join(item.post.url for item in request.items.order_by("pk")) in page
    assert reverse("removal:carried", args=[request.pk]) in page
    hold_on(request.items.first().post)  # type: ignore[union-attr]
    page = client.get(address).content.decode()
    assert reverse("removal:carried", args=[request.pk]) not in page
    assert "保全中の投稿があります" in page
    assert client.post(reverse("removal:carried", args=[request.pk]), {"reference": "T-1"}).status_code == 302  # it was done, so it is recorded
    request.refresh_from_db()
    assert (request.state, request.letters.get().message_id) == ("sent", "T-1")


def test_returned_mail_is_taken_along(sent: Callable[..., Request], aoi: Person, browse: Browse) -> None:
    """As it came, as a file, kept in the trail; not by another request's address."""
    from andon.console.measures.kinds.removal.actions.take_mail import take_mail
    from andon.console.measures.kinds.removal.models import Mail

    from .test_mail_take import reply_to

    request = sent()
    content = reply_to(request.letters.get().message_id)
    take_mail(content)
    address = reverse("removal:mail", args=[request.pk, Mail.objects.get().sha256])
    client = browse(aoi)
    assert address in client.get(reverse("removal:request", args=[request.pk])).content.decode()
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (content, "application/octet-stream")
    assert Entry.objects.filter(event="removal.mail_read", person=aoi.pk).exists()
    assert client.get(reverse("removal:mail", args=[request.pk + 1, Mail.objects.get().sha256])).status_code == 404


def test_the_card_of_a_campaign_says_how_far_it_is(sent: Callable[..., Request], aoi: Person, person: Callable[..., Person], browse: Browse) -> None:
    """Number, provider and state beside the campaign, for who reads measures."""
    request = sent()
    address = reverse("review:card", args=[request.campaign_id])
    link = reverse("removal:request", args=[request.pk])
    assert link in browse(aoi).get(address).content.decode()
    from andon.console.measures.kinds.removal.on_cards import card_part

    assert card_part(request.campaign, person("kay", "auditor")) is None
