"""Planning, looking when it is time, when a look counts, and who is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.captures.models import Capture
from andon.console.environment import Environment
from andon.console.intake.models import Post
from andon.console.measures.visits import hooks, queries
from andon.console.measures.visits.actions.by_hand import look_now, looked
from andon.console.measures.visits.actions.keep_looks import Looked, keep_looks
from andon.console.measures.visits.due import due
from andon.console.measures.visits.models import Host, Visit, Watch
from andon.console.measures.visits.plan import host_of, plan_visits, stop
from andon.console.measures.visits.reading.seen import unknown
from andon.console.measures.visits.rules import LONGEST, SHORTEST
from andon.console.measures.visits.running import run_due
from andon.console.outside.errors import Unreachable
from andon.domain.errors import Conflict, Refused, SettingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from andon.console.gate import Actor
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT = "日給5万円 荷物を受け取るだけ 詳細はDM"


def url(pk: int, host: str = "board.example") -> str:
    """Where the post is."""
    return f"https://{host}/posts/{pk}"


def shows(net: Any, pk: int, text: str = "", status: int = 200) -> None:
    """What stands at a post's address."""
    net.put(url(pk), f"<html><body><p>{text or Post.objects.get(pk=pk).text}</p></body></html>", status=status)


def turns(net: Any, pk: int, *statuses: int, start: datetime = NOW + 7 * HOUR) -> Watch:
    """Look as often as there are statuses, each time when the watch is due."""
    at = start
    for status in statuses:
        shows(net, pk, status=status)
        assert run_due(net=net, now=at) == 1
        at = (Watch.objects.get(post=pk).next_at or at) + HOUR
    return Watch.objects.get(post=pk)


@pytest.fixture
def told() -> Iterator[dict[str, list[tuple[str, str]]]]:
    """What the hooks were told: (before, state) of visits, by hook."""
    heard: dict[str, list[tuple[str, str]]] = {"visit": [], "change": []}

    def visit(visits: Sequence[Visit]) -> None:
        heard["visit"] += [(one.before, one.state) for one in visits]

    def change(visits: Sequence[Visit]) -> None:
        heard["change"] += [(one.before, one.state) for one in visits]

    hooks.AFTER_VISIT.append(visit)
    hooks.AFTER_CHANGE.append(change)
    yield heard
    hooks.AFTER_VISIT.remove(visit)
    hooks.AFTER_CHANGE.remove(change)


def test_a_post_is_looked_at_when_it_is_time(watched: Callable[..., list[int]], net: Any) -> None:
    """Not before."""
    (pk,) = watched()
    shows(net, pk)
    assert run_due(net=net, now=NOW + 5 * HOUR) == 0
    assert net.asked == []
    assert run_due(net=net, now=NOW + 6 * HOUR) == 1
    visit = queries.last([pk])[pk]
    assert (visit.state, visit.code, visit.status, visit.is_settled, visit.by) == ("there", "text", 200, True, None)
    assert len(visit.sha256) == 64


def test_a_round_is_one_entry_of_the_trail(watched: Callable[..., list[int]], net: Any) -> None:
    """With counts, no text and no address."""
    (pk,) = watched()
    turns(net, pk, 200)
    entry = Entry.objects.get(event="visits.made")
    assert (entry.via, entry.person) == ("worker", None)
    assert entry.facts == {"looked": 1, "there": 1, "changed_state": 0, "first": queries.last([pk])[pk].pk}


def test_further_and_further_apart(watched: Callable[..., list[int]], net: Any) -> None:
    """From six hours to seven days, as long as nothing changes."""
    (pk,) = watched()
    gaps = []
    for _ in range(8):
        watch = turns(net, pk, 200, start=(Watch.objects.get(post=pk).next_at or NOW) + HOUR)
        gaps.append(watch.interval)
    assert gaps[0] == SHORTEST * 2 or gaps[0] == SHORTEST
    assert gaps == sorted(gaps)
    assert gaps[-1] == LONGEST


def test_one_look_that_finds_nothing_is_no_finding(watched: Callable[..., list[int]], net: Any, told: dict[str, Any]) -> None:
    """Gone counts by the second look; whoever waits for a change hears then, once."""
    (pk,) = watched()
    watch = turns(net, pk, 404)
    assert (watch.state, watch.told, watch.agreed) == ("", "gone", 1)
    assert queries.gone([pk]) == set()
    assert told == {"visit": [("", "gone")], "change": []}
    watch = turns(net, pk, 404, start=watch.next_at + HOUR)
    assert (watch.state, watch.agreed) == ("gone", 2)
    assert queries.gone([pk]) == {pk}
    assert told["change"] == [("", "gone")]
    turns(net, pk, 404, start=watch.next_at + HOUR)
    assert told["change"] == [("", "gone")]
    assert len(told["visit"]) == 3


def test_looks_too_near_to_each_other_are_one(watched: Callable[..., list[int]], net: Any) -> None:
    """Asking again after a minute does not make an absence a finding."""
    (pk,) = watched()
    shows(net, pk, status=404)
    run_due(net=net, now=NOW + 7 * HOUR)
    with gate._door():
        plan_visits([pk], first_after=timedelta(0), now=NOW + 7 * HOUR + timedelta(minutes=1))
    run_due(net=net, now=NOW + 7 * HOUR + timedelta(minutes=1))
    watch = Watch.objects.get(post=pk)
    assert (watch.looks, watch.agreed, watch.state) == (2, 1, "")


def test_how_many_agree_is_a_setting(watched: Callable[..., list[int]], net: Any, settings: Any) -> None:
    """Three, for the careful."""
    settings.VISITS_AGREE = 3
    (pk,) = watched()
    assert turns(net, pk, 404, 404).state == ""
    assert turns(net, pk, 404, start=NOW + 30 * DAY).state == "gone"


def test_a_look_that_cannot_tell_does_not_break_the_row(watched: Callable[..., list[int]], net: Any, told: dict[str, Any]) -> None:
    """Nor does it count."""
    (pk,) = watched()
    watch = turns(net, pk, 404, 403)
    assert (watch.state, watch.told, watch.last_state) == ("", "gone", "unknown")
    assert turns(net, pk, 404, start=NOW + 10 * DAY).state == "gone"
    assert told["change"] == [("", "gone")]


def test_one_that_sees_it_does(watched: Callable[..., list[int]], net: Any, told: dict[str, Any]) -> None:
    """Gone, there, gone: nothing counts as gone."""
    (pk,) = watched()
    assert turns(net, pk, 404, 200, 404).state == "there"
    assert told["change"] == []


def test_what_comes_back_is_told_at_once(watched: Callable[..., list[int]], net: Any, told: dict[str, Any]) -> None:
    """One look is enough, and looks come soon again."""
    (pk,) = watched()
    watch = turns(net, pk, 404, 404, 404)
    assert watch.state == "gone"
    watch = turns(net, pk, 200, start=watch.next_at + HOUR)
    assert (watch.state, watch.interval) == ("there", SHORTEST)
    assert told["change"] == [("", "gone"), ("gone", "there")]
    assert turns(net, pk, 404, start=watch.next_at + HOUR).state == "there"
    assert turns(net, pk, 404, start=NOW + 60 * DAY).state == "gone"


def test_a_changed_text_is_told(watched: Callable[..., list[int]], net: Any, told: dict[str, Any]) -> None:
    """And is not gone."""
    (pk,) = watched()
    shows(net, pk, "日給5万円 荷物を受け取るだけ 詳細はプロフィールの新しい宛先まで")
    run_due(net=net, now=NOW + 7 * HOUR)
    assert Watch.objects.get(post=pk).state == "changed"
    assert told["change"] == [("", "changed")]
    assert queries.gone([pk]) == set()


def test_what_was_seen_is_kept(watched: Callable[..., list[int]], net: Any, aoi: Person) -> None:
    """When a state becomes another, in the name of the person whose measure asked: the server's answer, in an archive."""
    (pk,) = watched(by=aoi)
    turns(net, pk, 404, 404)
    capture = Capture.objects.get()
    visit = queries.last([pk])[pk]
    assert (visit.capture, capture.post_id, capture.status, capture.by, capture.kind) == (capture, pk, 404, aoi, "page")
    assert capture.archive.size_bytes > 0


def test_one_look_at_a_host_at_a_time(watched: Callable[..., list[int]], net: Any) -> None:
    """Three posts on one host and one on another: two looks, then a moment's wait."""
    ids = watched(3)
    other = watched(host="other.example")
    for pk in ids:
        shows(net, pk)
    at = NOW + 7 * HOUR
    assert run_due(net=net, now=at) == 2
    assert len([one for one in net.asked if "board" in one]) == 1
    assert run_due(net=net, now=at + timedelta(seconds=1)) == 0
    assert run_due(net=net, now=at + timedelta(seconds=2)) == 1
    assert {Watch.objects.get(post=pk).looks for pk in other} == {1}
    assert Watch.objects.filter(post__in=ids, looks=1).count() == 2


def test_a_host_that_fails_is_left_alone_longer_each_time(watched: Callable[..., list[int]], net: Any) -> None:
    """Ten minutes, then twenty; one answer, and it is asked as ever. Its posts wait: none of them is called gone."""
    ids = watched(3)
    for pk in ids:
        net.put(url(pk), Unreachable(reason="timeout", host="board.example"))
    at = NOW + 7 * HOUR
    assert run_due(net=net, now=at) == 1
    assert run_due(net=net, now=at + timedelta(minutes=9)) == 0
    assert run_due(net=net, now=at + timedelta(minutes=10)) == 1
    host = Host.objects.get()
    assert (host.failures, host.problem, host.ready_at) == (2, "timeout", at + timedelta(minutes=30))
    for pk in ids:
        shows(net, pk)
    assert run_due(net=net, now=at + timedelta(minutes=31)) == 1
    host.refresh_from_db()
    assert (host.failures, host.problem) == (0, "")
    assert not Watch.objects.filter(state="gone").exists()


def test_a_host_says_for_how_long(watched: Callable[..., list[int]], net: Any) -> None:
    """Retry-After."""
    (pk,) = watched()
    net.put(url(pk), "", status=429, Retry_After="7200")
    run_due(net=net, now=NOW + 7 * HOUR)
    assert Host.objects.get().ready_at == NOW + 9 * HOUR


def test_planning_leaves_a_tired_host_alone(watched: Callable[..., list[int]], net: Any) -> None:
    """Also when somebody asks for a look at once."""
    (pk,) = watched()
    net.put(url(pk), "", status=503, Retry_After="3600")
    at = NOW + 7 * HOUR
    run_due(net=net, now=at)
    with gate._door():
        plan_visits([pk], first_after=timedelta(0), now=at)
    assert run_due(net=net, now=at + 59 * timedelta(minutes=1)) == 0
    assert run_due(net=net, now=at + HOUR) == 1


def test_a_look_that_was_overtaken_is_dropped(watched: Callable[..., list[int]], net: Any) -> None:
    """Two workers take the same watch: one look is kept."""
    (pk,) = watched()
    shows(net, pk)
    at = NOW + 7 * HOUR
    (taken,) = due(at, 8).taken
    assert run_due(net=net, now=at) == 1
    assert keep_looks([Looked(taken, unknown("timeout"), at)]) == []
    assert Visit.objects.count() == 1


def test_stopping(watched: Callable[..., list[int]], net: Any) -> None:
    """Looks go on as long as any measure wants them, and then stop."""
    (pk,) = watched(why="removal")
    with gate._door():
        plan_visits([pk], why="warning", now=NOW)
        stop([pk], why="removal")
    assert due(NOW + 7 * HOUR, 8).taken
    with gate._door():
        stop([pk], why="warning")
    assert not due(NOW + 7 * HOUR, 8).taken
    assert Host.objects.get().next_at is None


def test_looks_end(watched: Callable[..., list[int]], net: Any) -> None:
    """A last one on the last day, and none after it."""
    (pk,) = watched(lasting=timedelta(days=2))
    at = NOW + 7 * HOUR
    shows(net, pk)
    for _ in range(20):
        run_due(net=net, now=at)
        watch = Watch.objects.get(post=pk)
        if watch.next_at is None:
            break
        at = watch.next_at
    assert watch.next_at is None
    assert watch.last_at == NOW + 2 * DAY


def test_an_idle_host_is_forgotten(watched: Callable[..., list[int]], net: Any) -> None:
    """A host that seemed to have something due is set right without a look."""
    (pk,) = watched()
    with gate._door():
        Watch.objects.filter(post=pk).update(next_at=None)
    assert run_due(net=net, now=NOW + 7 * HOUR) == 0
    assert Host.objects.get().next_at is None


def test_posts_without_an_address_are_left_out(watched: Callable[..., list[int]]) -> None:
    """Nobody can look at them."""
    (pk,) = watched()
    with gate._door():
        other = Post.objects.get(pk=pk)
        other.pk, other.source_id, other.url = None, "elsewhere", ""
        other.save(force_insert=True)
        assert plan_visits([other.pk], now=NOW) == 0
    assert not Watch.objects.filter(post=other.pk).exists()


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Board.Example/a", "board.example"), ("http://board.example:8080/a", "board.example:8080"), ("https://board.example:443/a", "board.example"),
        ("ftp://board.example/a", ""), ("javascript:alert(1)", ""), ("https://[::1/a", ""), ("", ""), ("https://board.example:x/", ""),
    ],
)  # fmt: skip
def test_hosts_of_addresses(address: str, host: str) -> None:
    """What is no address of a page has none."""
    assert host_of(address) == host


def test_a_person_looks_where_programs_cannot(watched: Callable[..., list[int]], net: Any, told: dict[str, Any], aoi: Person, actor: Callable[..., Actor]) -> None:
    """The worker leaves such hosts alone; a named person's word counts at once, "gone" too."""
    (pk,) = watched(host="www.instagram.com")
    assert Watch.objects.get().by_person
    assert run_due(net=net, now=NOW + 100 * DAY) == 0
    visit = looked(actor(aoi), pk, "gone", note="投稿は表示されない", now=NOW + DAY)
    assert (visit.by, visit.is_settled, visit.code) == (aoi, True, "person")
    assert queries.gone([pk]) == {pk}
    assert told["change"] == [("", "gone")]
    entry = Entry.objects.get(event="visits.looked")
    assert (entry.subject, entry.facts) == (f"post:{pk}", {"state": "gone", "before": "", "visit": visit.pk})


def test_a_persons_look_is_refused(watched: Callable[..., list[int]], aoi: Person, kei: Person, actor: Callable[..., Actor]) -> None:
    """Without the right, for what is no state, and for a post that nobody watches."""
    (pk,) = watched()
    with pytest.raises(Refused):
        looked(actor(kei), pk, "gone")
    with pytest.raises(Refused):
        looked(actor(aoi), pk, "vanished")
    with pytest.raises(Conflict):
        looked(actor(aoi), pk + 99, "gone")
    assert not Visit.objects.exists()


def test_asking_for_a_look_now(watched: Callable[..., list[int]], net: Any, aoi: Person, kei: Person, actor: Callable[..., Actor]) -> None:
    """The worker takes it at its next round; that somebody asked is kept."""
    (pk,) = watched()
    shows(net, pk)
    with pytest.raises(Refused):
        look_now(actor(kei), [pk], now=NOW)
    assert look_now(actor(aoi), [pk], now=NOW) == 1
    assert run_due(net=net, now=NOW) == 1
    assert Entry.objects.get(event="visits.asked").facts == {"posts": 1, "planned": 1, "ids": [pk]}


def test_looks_are_only_added_to(watched: Callable[..., list[int]], net: Any) -> None:
    """The database itself refuses to change one."""
    (pk,) = watched()
    turns(net, pk, 404)
    with pytest.raises(DatabaseError), transaction.atomic(), gate._door():
        Visit.objects.update(state="there")


def test_what_a_hook_raises_undoes_the_look(watched: Callable[..., list[int]], net: Any) -> None:
    """Nothing is half known: the look is made again."""
    (pk,) = watched()
    shows(net, pk)

    def broken(_visits: Sequence[Visit]) -> None:
        raise RuntimeError

    hooks.AFTER_VISIT.append(broken)
    try:
        with pytest.raises(RuntimeError):
            run_due(net=net, now=NOW + 7 * HOUR)
    finally:
        hooks.AFTER_VISIT.remove(broken)
    assert not Visit.objects.exists()
    assert run_due(net=net, now=NOW + 7 * HOUR) == 1


def test_few_questions_however_much_is_due(watched: Callable[..., list[int]], django_assert_num_queries: Any) -> None:
    """Two, for what is to be looked at now."""
    for k in range(12):
        watched(5, host=f"host{k}.example")
    with django_assert_num_queries(2):
        assert len(due(NOW + 7 * HOUR, 8).taken) == 8


@pytest.mark.parametrize(("given", "read"), [({}, (2, 3600)), ({"ANDON_VISITS_AGREE": "3", "ANDON_VISITS_APART": "0"}, (3, 0))])
def test_settings_of_agreement(given: dict[str, str], read: tuple[int, int], tmp_path: Any) -> None:
    """From the environment; two looks an hour apart unless it says otherwise."""
    found = Environment.read({"ANDON_HOME": str(tmp_path)} | given)
    assert (found.visits_agree, found.visits_apart) == read


@pytest.mark.parametrize("given", [{"ANDON_VISITS_AGREE": "0"}, {"ANDON_VISITS_AGREE": "two"}, {"ANDON_VISITS_APART": "-1"}])
def test_settings_that_make_no_sense(given: dict[str, str], tmp_path: Any) -> None:
    """Are refused at the start."""
    with pytest.raises(SettingError):
        Environment.read({"ANDON_HOME": str(tmp_path)} | given)
