"""Nobody learns of a case that is not theirs: by no page, list, count, search, feed, completion, palette, card or export; and by no form of theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import get_resolver, reverse
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework import visible
from andon.console.casework.actions.life import close, open_case
from andon.console.casework.actions.links import link, unlink
from andon.console.casework.actions.members import add_member, end_member
from andon.console.casework.actions.propose import propose
from andon.console.casework.actions.samples import draw, give_back
from andon.console.casework.models import Case, CaseLink, Membership, Sample
from andon.console.casework.queries.feed import feed
from andon.console.casework.queries.listing import Wanted, counts, found_by, listed, narrowed
from andon.console.casework.timeline import moments
from andon.console.staff.rights import Role
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
TITLE, GROUND, CONTACT, REASON = "灯台守", "港の件につき", "telegram:kakushi", "内偵のため"
OUTSIDERS = ("hara", "ito", "kubo", "sora", "ando", "aoi", "kei", "nao", "approver", "everything")


@pytest.fixture
def secret(mori: Person, actor: Any, campaign: Callable[..., Any]) -> Case:
    """A case that mori alone may know of, with a title, a ground, a contact and a campaign that belong to it."""
    case = open_case(actor(mori), TITLE, "undercover", ground=GROUND)
    link(actor(mori), case.pk, "contact", CONTACT, ground=REASON)
    link(actor(mori), case.pk, "campaign", str(campaign("夜の港で荷物を受け取るだけ").pk), ground=REASON)
    return case


@pytest.fixture
def outsider(request: pytest.FixtureRequest, person: Callable[..., Person], police: Any) -> Callable[[str], Person]:
    """Somebody who is not in the case, by name."""

    def find(name: str) -> Person:
        if name == "approver":
            return person("honbucho", Role.APPROVER, unit=police)
        if name == "everything":  # every role but the inspector's: the widest rights that a case worker can have
            return person("zenbu", *(role for role in Role if role is not Role.AUDITOR), unit=police)
        someone: Person = request.getfixturevalue(name)
        return someone

    return find


def told(text: str, case: Case) -> list[str]:
    """What of the secret stands in a text."""
    return [part for part in (TITLE, GROUND, CONTACT, "kakushi", REASON, case.code) if part in text]


def addresses() -> list[str]:
    """The names of all addresses of casework."""
    groups: list[Any] = [group for group in get_resolver().url_patterns if getattr(group, "namespace", "") == "casework"]
    return [f"casework:{one.name}" for group in groups for one in group.url_patterns]


def places(name: str, case_id: int) -> list[int]:
    """Numbers for the places of an address, all of this case."""
    link_id = CaseLink.objects.filter(case=case_id).values_list("pk", flat=True).first() or 1
    member_id = Membership.objects.filter(case=case_id).values_list("pk", flat=True).first() or 1
    more = {"casework:end_member": [member_id], "casework:unlink": [link_id]}.get(name, [])
    return [case_id, *more]


@pytest.mark.rule("A6", where="andon.console.casework.visible")
@pytest.mark.parametrize("name", OUTSIDERS)
def test_every_page_keeps_it(name: str, secret: Case, outsider: Callable[[str], Person], browse: Any) -> None:
    """Every address of casework, asked for by every kind of outsider, by GET and POST: nothing of the case is told, and the case's own
    addresses answer as those of a case that does not exist."""  # noqa: D205, D209
    client: Client = browse(outsider(name))
    gone = secret.pk + 1000
    for address in addresses():
        if address == "casework:propose":
            continue
        of_case = address not in ("casework:cases", "casework:feed", "casework:find", "casework:export", "casework:new")
        for method in (client.get, client.post):
            path = reverse(address, args=places(address, secret.pk) if of_case else [])
            answer = method(path, {"q": TITLE, "note": "x", "title": "x", "kind": "general", "person": "1", "role": "reader", "ground": ""})
            text = answer.content.decode()
            assert not told(text.replace(f'value="{TITLE}"', "").replace(f"q={TITLE}", ""), secret), (address, answer.status_code)
            if not of_case:
                continue
            other = method(reverse(address, args=[gone, *places(address, secret.pk)[1:]]), {"note": "x"})
            assert (answer.status_code, len(text)) == (other.status_code, len(other.content.decode())), address
            assert answer.status_code in (403, 404, 405)
    assert Case.objects.get(pk=secret.pk).title == TITLE


@pytest.mark.parametrize("name", OUTSIDERS)
def test_lists_counts_searches_feeds_and_completions_keep_it(name: str, secret: Case, outsider: Callable[[str], Person]) -> None:
    """Whatever the words: not listed, not counted, not found, not completed, not among the latest moves, not known of a thing that belongs to it."""
    someone = outsider(name)
    for words in ("", TITLE, "灯", secret.code, secret.code[:4], CONTACT, "kakushi", "1", "%", "_"):
        wanted = Wanted(words=words)
        assert not narrowed(someone, wanted).exists()
        assert not listed(someone, wanted).exists()
        assert sum(counts(someone, wanted).values()) == 0
        assert found_by(someone, words, 50) == []
    assert feed(someone) == []
    keys = list(secret.links.values_list("key", flat=True))
    assert not any(visible.of_target(someone, kind, keys).exists() for kind in CaseLink.Kind.values)
    assert not visible.sees(someone, secret.pk)
    assert visible.roles_in(someone, secret.pk) == frozenset()


@pytest.mark.parametrize("name", OUTSIDERS)
def test_the_rest_of_the_desk_keeps_it(name: str, secret: Case, outsider: Callable[[str], Person], browse: Any) -> None:
    """The palette, the search, the card and the queue of a campaign that belongs to the case, holds, the first page, the people, the trail."""
    client = browse(outsider(name))
    number = int(secret.links.get(kind="campaign").key)
    asked = [
        ("review:palette", [], {"q": TITLE}), ("review:palette", [], {"q": secret.code}), ("review:search", [], {"q": TITLE}), ("review:queue", [], {}),
        ("review:card", [number], {}), ("review:members", [number], {}), ("holds:holds", [], {}), ("home:today", [], {}), ("staff:people", [], {}),
        ("audit:trail", [], {}), ("audit:trail", [], {"subject": f"case:{secret.pk}"}), ("audit:export", [], {}),
    ]  # fmt: skip
    for address, args, query in asked:
        answer = client.get(reverse(address, args=args), query)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode().replace(f'value="{TITLE}"', "")
        found = [part for part in told(text, secret) if part not in query.get("q", "")]
        assert not found, (address, answer.status_code)


def test_the_trail_tells_no_title(secret: Case, mori: Person, actor: Any) -> None:
    """Its entries hold numbers: neither title nor code, ground or contact, though the auditor may read all of it."""
    close(actor(mori), secret.pk, note=REASON)
    for entry in Entry.objects.filter(event__startswith="casework."):
        assert not told(f"{entry.subject} {entry.facts}", secret), entry.event


def test_a_member_of_another_case_learns_nothing(secret: Case, hara: Person, mori: Person, actor: Any, browse: Any) -> None:
    """The same campaign belongs to a case of theirs: card, list and palette show that one alone."""
    number = secret.links.get(kind="campaign").key
    mine = open_case(actor(hara), "岬", "general", ground="x")
    link(actor(hara), mine.pk, "campaign", number)
    client = browse(hara)
    card = client.get(reverse("review:card", args=[int(number)])).content.decode()
    assert "岬" in card
    assert not told(card, secret)
    for path in (reverse("casework:cases"), reverse("casework:case", args=[mine.pk]), reverse("casework:timeline", args=[mine.pk])):
        assert not told(client.get(path).content.decode(), secret)
    assert sum(counts(hara, Wanted()).values()) == 1


def test_a_second_proposal_tells_nothing(secret: Case, hara: Person, ando: Person, actor: Any) -> None:
    """Who proposes a campaign that an investigation already works on is not told so by a refusal."""
    number = int(secret.links.get(kind="campaign").key)
    assert propose(actor(ando), number, "way_in").state == "proposed"


# A part of the case that a member may not read


def test_a_custodian_reads_no_posts(secret: Case, kubo: Person, mori: Person, actor: Any, browse: Any) -> None:
    """Who has no right to read posts gets no text of them through a case: neither among what belongs to it, nor on the line, nor in its export."""
    add_member(actor(mori), secret.pk, kubo.pk, "custodian", ground="保管")
    client = browse(kubo)
    texts = [client.get(reverse(name, args=[secret.pk])).content.decode() for name in ("casework:case", "casework:timeline")]
    assert TITLE in texts[0]
    assert not any("夜の港" in text or "kakushi" in text for text in texts)
    assert {one.code for one in moments(secret, kubo)} == {"case"}


def test_why_another_unit_holds_is_its_own(secret: Case, mori: Person, aoi: Person, actor: Any, browse: Any) -> None:
    """A hold of another unit stands on the line with whom to ask, without its reason and note."""
    number = int(secret.links.get(kind="campaign").key)
    theirs = propose(actor(aoi), number, "other", note="別部署の理由", unit_id=mori.unit_id)
    text = browse(mori).get(reverse("casework:case", args=[secret.pk])).content.decode()
    assert aoi.unit.name in text
    assert "別部署の理由" not in text
    assert reverse("holds:hold", args=[int(theirs.links.get(kind="hold").key)]) not in text


# Known faults of other systems


def test_protected_fields_are_not_assigned(mori: Person, hara: Person, browse: Any, actor: Any, police: Any, unit: Any) -> None:
    """Mass assignment: fields that a form does not name change nothing, in opening, taking up, renaming, letting in and linking."""
    client = browse(mori)
    more = {"state": "closed", "code": "00-AAAAA", "unit": unit.pk, "unit_id": unit.pk, "opened_by": hara.pk, "opened_by_id": hara.pk, "id": 999, "pk": 999}
    more |= {"closed_at": "2020-01-01", "by": hara.pk, "from_at": "2020-01-01", "ended_at": "2020-01-01", "removed_at": "2020-01-01", "case": 1, "case_id": 1}
    client.post(reverse("casework:new"), {"title": "灯台", "kind": "general", "ground": "x"} | more)
    case = Case.objects.get()
    assert (case.state, case.unit_id, case.opened_by_id, case.closed_at) == ("open", police.pk, mori.pk, None)
    assert case.pk != 999
    assert case.code != "00-AAAAA"
    client.post(reverse("casework:rename", args=[case.pk]), {"title": "岬", "kind": "undercover"} | more)
    client.post(reverse("casework:add_member", args=[case.pk]), {"person": hara.pk, "role": "reader", "ground": "x", "until": ""} | more)
    client.post(reverse("casework:link", args=[case.pk]), {"kind": "contact", "key": "telegram:abcd", "ground": ""} | more)
    again, member, made = Case.objects.get(), Membership.objects.get(person=hara), CaseLink.objects.get()
    assert (again.title, again.kind, again.state, again.code, again.unit_id) == ("岬", "general", "open", case.code, police.pk)
    assert (member.by_id, member.ended_at, member.from_at.year, member.case_id) == (mori.pk, None, timezone.now().year, case.pk)
    assert (made.by_id, made.removed_at, made.case_id) == (mori.pk, None, case.pk)


def test_a_delete_of_one_type_removes_no_other(secret: Case, mori: Person, hara: Person, actor: Any, browse: Any) -> None:
    """Typed delete: a link's number given as a membership's, or that of another case or of a hold, removes nothing."""
    mine = open_case(actor(hara), "岬", "general", ground="x")
    proposed = propose(actor(mori), int(secret.links.get(kind="campaign").key), "way_in")
    before = (Membership.objects.filter(ended_at=None).count(), CaseLink.objects.filter(removed_at=None).count(), Case.objects.count())
    client = browse(hara)
    for number in {*CaseLink.objects.values_list("pk", flat=True), *Membership.objects.exclude(case=mine.pk).values_list("pk", flat=True)}:
        client.post(reverse("casework:unlink", args=[mine.pk, number]), {"note": "x"})
        if not Membership.objects.filter(case=mine.pk, pk=number).exists():
            client.post(reverse("casework:end_member", args=[mine.pk, number]), {"note": "x"})
    hold = proposed.links.get(kind="hold")
    with pytest.raises((Conflict, Refused)):
        unlink(actor(mori), proposed.pk, hold.pk, ground="x")
    assert (Membership.objects.filter(ended_at=None).count(), CaseLink.objects.filter(removed_at=None).count(), Case.objects.count()) == before


def test_only_what_is_there_and_of_its_kind_is_linked(case: Case, mori: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """A hold or plan is linked by the verb that makes it; a campaign must be there; nothing is linked twice."""
    number = campaign().pk
    for kind, key in (("hold", "1"), ("plan", "1"), ("case", "1"), ("", "1"), ("campaign", ""), ("campaign", "9" * 30), ("campaign", "abc"), ("post", "0"), ("measure", "removal:1")):
        with pytest.raises((Conflict, Refused)):
            link(actor(mori), case.pk, kind, key)
    link(actor(mori), case.pk, "campaign", str(number))
    with pytest.raises(Conflict):
        link(actor(mori), case.pk, "campaign", str(number))
    assert CaseLink.objects.count() == 1


def test_who_links(case: Case, mori: Person, hara: Person, ito: Person, actor: Any, admitted: Callable[..., Membership], campaign: Callable[..., Any]) -> None:
    """Who works on the case: no reader, nobody from outside, and nobody on a case that is closed."""
    number = str(campaign().pk)
    admitted(hara, "reader")
    for someone in (hara, ito):
        with pytest.raises(Refused):
            link(actor(someone), case.pk, "campaign", number)
    made = link(actor(mori), case.pk, "campaign", number)
    with pytest.raises(Refused):
        unlink(actor(hara), case.pk, made.pk, ground="x")
    close(actor(mori), case.pk, note="x")
    with pytest.raises(Conflict):
        unlink(actor(mori), case.pk, made.pk, ground="x")
    assert CaseLink.objects.get().removed_at is None


def test_an_export_holds_no_formula(mori: Person, actor: Any, browse: Any) -> None:
    """A title that a spreadsheet would run is a text there."""
    open_case(actor(mori), '=HYPERLINK("http://x.example")', "general", ground="x")
    text = browse(mori).get(reverse("casework:export")).content.decode()
    assert "'=HYPERLINK" in text


def test_writing_past_the_verbs(case: Case, hara: Person) -> None:
    """Without a verb not even a program of the desk lets anybody in or shows a case to an inspector."""
    for make in (
        lambda: Membership.objects.create(case=case, person=hara, role="reader", ground="x", by=hara),
        lambda: Sample.objects.create(case=case, inspector=hara, ground="x", until_at=timezone.now()),
        lambda: Case.objects.filter(pk=case.pk).update(unit=1),
    ):
        with pytest.raises(Refused), transaction.atomic():
            make()


# The inspector


@pytest.fixture
def later() -> Any:
    """An end of a sample."""
    return timezone.now() + timedelta(days=14)


@pytest.mark.rule("O5", where="andon.console.casework.actions.samples")
def test_an_inspector_reads_his_sample_only(secret: Case, case: Case, kei: Person, actor: Any, browse: Any, later: Any) -> None:
    """Everything in a case of the sample, posts too; nothing of another; and nothing after its time."""
    client = browse(kei)
    assert client.get(reverse("casework:case", args=[secret.pk])).status_code == 403
    draw(actor(kei), [secret.pk], ground="定期監察", until_at=later)
    text = client.get(reverse("casework:case", args=[secret.pk])).content.decode()
    assert TITLE in text
    assert "夜の港" in text
    assert client.get(reverse("casework:timeline", args=[secret.pk])).status_code == 200
    assert client.get(reverse("casework:case", args=[case.pk])).status_code == 403
    assert not visible.sees(kei, secret.pk, now=later)
    give_back(actor(kei), secret.pk)
    assert client.get(reverse("casework:case", args=[secret.pk])).status_code == 403


@pytest.mark.rule("O5", where="andon.console.casework.doors")
def test_an_inspector_changes_nothing(secret: Case, kei: Person, actor: Any, browse: Any, later: Any) -> None:
    """No form is on the page, and no address takes one from him."""
    draw(actor(kei), [secret.pk], ground="定期監察", until_at=later)
    client = browse(kei)
    main = client.get(reverse("casework:case", args=[secret.pk])).content.decode().split("<main")[1].split("</main>")[0]
    assert "<form" not in main
    for address in addresses():
        if address not in ("casework:cases", "casework:feed", "casework:find", "casework:export", "casework:new", "casework:propose"):
            answer = client.post(reverse(address, args=places(address, secret.pk)), {"note": "x", "title": "x", "kind": "general"})
            assert answer.status_code in (403, 405), address
    for act in (lambda one: close(one, secret.pk, note="x"), lambda one: add_member(one, secret.pk, kei.pk, "reader", ground="x")):
        with pytest.raises(Refused):
            act(actor(kei))
    assert Case.objects.get(pk=secret.pk).state == "open"


@pytest.mark.rule("O5", where="andon.console.casework.actions.samples")
def test_nobody_of_the_case_takes_the_sample_away(secret: Case, kei: Person, mori: Person, actor: Any, browse: Any, later: Any) -> None:
    """Not its leader, by no verb and not past the verbs; and what the inspector read stays in the trail."""
    draw(actor(kei), [secret.pk], ground="定期監察", until_at=later)
    browse(kei).get(reverse("casework:case", args=[secret.pk]))
    with pytest.raises(Refused):
        give_back(actor(mori), secret.pk)
    close(actor(mori), secret.pk, note="急いで終了")
    for change in ({"until_at": timezone.now()}, {"inspector": mori.pk}, {"ground": "x"}):
        with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
            Sample.objects.update(**change)
    assert visible.sees(kei, secret.pk)
    assert Entry.objects.filter(event="casework.opened", subject=f"case:{secret.pk}", person=kei.pk).exists()


@pytest.mark.rule("A6", where="andon.console.casework.actions.samples")
def test_nobody_inspects_a_case_of_theirs(mori: Person, hara: Person, actor: Any, later: Any, case: Case, admitted: Callable[..., Membership]) -> None:
    """Self-involvement: who opened it, or was ever a member, is refused even after leaving the unit's work for inspection."""
    made = admitted(hara)
    end_member(actor(mori), case.pk, made.pk, ground="異動")
    for someone in (hara, mori):
        with gate._door():
            someone.roles = ["auditor"]
            someone.save()
        someone = type(someone).objects.get(pk=someone.pk)  # noqa: PLW2901 - with the rights of the new role
        with pytest.raises(Refused) as caught:
            draw(actor(someone), [case.pk], ground="監察", until_at=later)
        assert caught.value.data["reason"] == "sample_own"
    assert not Sample.objects.exists()


def test_a_sample_has_terms(secret: Case, kei: Person, actor: Any, later: Any) -> None:
    """A ground, an end within three months, cases that are there, and none twice at a time."""
    for ids, ground, until in (([], "x", later), ([secret.pk], " ", later), ([secret.pk], "x", timezone.now()), ([secret.pk], "x", later + timedelta(days=365))):
        with pytest.raises(Refused):
            draw(actor(kei), ids, ground=ground, until_at=until)
    with pytest.raises(Conflict):
        draw(actor(kei), [secret.pk, 99_999], ground="x", until_at=later)
    draw(actor(kei), [secret.pk], ground="監察", until_at=later)
    with pytest.raises(Conflict):
        draw(actor(kei), [secret.pk], ground="監察", until_at=later)
    draw(actor(kei), [secret.pk], ground="再度", until_at=later + timedelta(days=30), now=later + timedelta(days=1))
    assert Sample.objects.count() == 2
