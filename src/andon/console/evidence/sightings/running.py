"""Looking readings through, and comparing wordings with newer posts: the work of the worker between the verbs.

A reading is looked through when it is done (`look`, registered with conversations); what a stop left out, and posts that came since, are seen to
steadily (`look_after`). Memory stays flat: messages come stretch by stretch, and only what was seen is kept.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db.models import Max

from andon.console.evidence.conversations.books import book_of
from andon.console.evidence.conversations.models import Conversation, ParticipantHandle, Reading, State
from andon.console.evidence.exhibits.store import alone
from andon.console.evidence.sightings.actions.keeping import Swept, compare, keep
from andon.console.evidence.sightings.comparing import Near, near_posts
from andon.console.evidence.sightings.looking import look_through
from andon.console.evidence.sightings.models import Sighting, Sweep
from andon.console.intake.engine import in_use
from andon.console.intake.models import Post
from andon.detection.campaigns.ties import contact_key
from andon.domain.errors import EvidenceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.detection.scoring.engine import Engine
    from andon.evidence.books.read import Book

logger = logging.getLogger("andon.sightings")
_left_alone: set[int] = set()  # readings whose book cannot be read
_ROWS = 4096  # messages looked at together
MOST_COMPARED = 5_000  # wordings of a reading that are compared with posts: the highest scores
_AS_CONTACT = {"phone": "telephone", "signal_username": "signal", "username": "handle"}


def look(reading: Reading) -> None:
    """Look a reading through that is done. Said again it changes nothing."""
    with alone(f"sightings-{reading.pk}") as mine:
        if mine and reading.state == State.DONE and not Sweep.objects.filter(reading=reading).exists():
            keep(reading, _swept(reading))


def look_after() -> int:
    """One piece of work that waits: a reading that nobody looked through, or wordings that newer posts may repeat; how many were done.

    A reading whose book cannot be read is left alone until this process is started anew: it keeps no other waiting.
    """
    reading = Reading.objects.filter(state=State.DONE, sweep=None).exclude(pk__in=_left_alone).order_by("pk").first()
    if reading is not None:
        try:
            look(reading)
        except EvidenceError as error:
            _left_alone.add(reading.pk)
            logger.warning("reading %s cannot be looked through: %s", reading.pk, error.data.get("reason"))
        return 1
    latest = _last_post()
    behind = Sweep.objects.filter(compared_to__lt=latest, wordings__gt=0).select_related("reading").order_by("compared_to", "pk").first()
    if behind is None:
        return 0
    _catch_up(behind, latest)
    return 1


def _last_post() -> int:
    return Post.objects.aggregate(last=Max("pk"))["last"] or 0


def _swept(reading: Reading) -> Swept:
    held, until = in_use(), _last_post()
    sightings: list[Sighting] = []
    texts: dict[int, str] = {}  # of the wordings, by their place in `sightings`
    messages = 0
    with book_of(reading) as book:
        for conversation in reading.conversations.order_by("number"):
            messages += conversation.length
            _look_at(book, conversation, held.engine, sightings, texts)
    sightings += _handles(reading)
    chosen = sorted(texts, key=lambda at: -sightings[at].score)[:MOST_COMPARED]
    found = near_posts([texts[at] for at in chosen], 0, until)
    near = [Near(chosen[one.text], one.post, one.group, one.similarity) for one in found]
    return Swept(sightings, near, held.version.pk, messages, until)


def _look_at(book: Book, conversation: Conversation, engine: Engine, sightings: list[Sighting], texts: dict[int, str]) -> None:
    """One conversation, added to what is there."""
    for start in range(0, conversation.length, _ROWS):
        seen = list(look_through(list(book.texts(conversation.number, start, start + _ROWS)), engine))
        messages = book.messages_at(conversation.number, sorted({one.position for one in seen}))
        for one in seen:
            message = messages[one.position]
            if one.what == Sighting.What.WORDING:
                texts[len(sightings)] = message.text
            sightings.append(Sighting(
                conversation=conversation, what=one.what, position=one.position, place_sha256=message.place.sha256, sent_at=message.sent_at,
                key=one.key[:400], type=one.type[:20], value=one.value[:400], level=one.level, score=one.score,
            ))  # fmt: skip


def _handles(reading: Reading) -> Iterator[Sighting]:
    """Handles of those who take part, as contacts: a number that a post gives may be somebody's own here."""
    rows = ParticipantHandle.objects.filter(participant__conversation__reading=reading, type__in=_AS_CONTACT)
    for one in rows.select_related("participant__conversation").order_by("pk"):
        value = "0" + one.value[3:] if one.type == "phone" and one.value.startswith("+81") else one.value
        key = contact_key(_AS_CONTACT[one.type], value)
        if key:
            yield Sighting(
                conversation=one.participant.conversation, what=Sighting.What.HANDLE, participant=one.participant, key=key,
                type=_AS_CONTACT[one.type], value=one.value,
            )  # fmt: skip


def _catch_up(sweep: Sweep, until: int) -> None:
    """Compare the wordings of a reading with the posts that came since."""
    with alone(f"sightings-{sweep.reading_id}") as mine:
        if mine:
            wordings = Sighting.objects.filter(conversation__reading=sweep.reading_id, what=Sighting.What.WORDING).select_related("conversation")
            chosen = list(wordings.order_by("-score", "pk")[:MOST_COMPARED])
            texts = texts_of(sweep.reading, chosen)
            near = list(near_posts(texts, sweep.compared_to, until))
            compare(sweep.pk, [one.pk for one in chosen], near, until)


def texts_of(reading: Reading, sightings: Sequence[Sighting]) -> list[str]:
    """What the messages of these sightings (of one reading) say."""
    with book_of(reading) as book:
        return [_text(book, one) for one in sightings]


def _text(book: Book, one: Sighting) -> str:
    row = next(iter(book.rows(one.conversation.number, one.position or 0, 1)), None)
    return row.message.text if row is not None and one.position is not None else ""
