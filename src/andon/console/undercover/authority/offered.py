"""What the pages offer to do with a plan: by verb, which fields it asks for, how it is done, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from andon.console.undercover.authority.actions import asking, deciding, drafting, running
from andon.console.undercover.authority.codes import Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.gate import Actor


@dataclass(frozen=True, slots=True)
class Offer:
    """One verb on a page. `fields` are those of `forms.ActForm`; `do` gets what they hold."""

    do: Callable[[Actor, int, dict[str, Any]], object]
    fields: tuple[str, ...] = ()
    tone: str = ""  # of the button
    icon: str = "check"
    decides: bool = False  # the approver's, freshly signed in


_OUTSIDE = ("involvement", "higher")
OFFERS: dict[Verb, Offer] = {
    Verb.SUBMIT: Offer(lambda who, pk, _: drafting.submit(who, pk), tone="primary", icon="up"),
    Verb.WITHDRAW: Offer(lambda who, pk, given: drafting.withdraw(who, pk, given["text"]), ("text",), icon="undo"),
    Verb.APPROVE: Offer(
        lambda who, pk, given: deciding.approve(who, pk, given["text"], involvement=given["involvement"], higher=given["higher"]),
        ("text", *_OUTSIDE), "primary", decides=True,
    ),
    Verb.SEND_BACK: Offer(lambda who, pk, given: deciding.send_back(who, pk, given["text"]), ("text",), icon="undo", decides=True),
    Verb.REFUSE: Offer(lambda who, pk, given: deciding.refuse(who, pk, given["text"]), ("text",), "danger", "cross", decides=True),
    Verb.NOTIFY: Offer(
        lambda who, pk, given: running.notify(who, pk, reference=given["reference"], given_at=given["given_at"]), ("reference", "given_at"),
        "primary", "flag",
    ),
    Verb.BEGIN: Offer(lambda who, pk, _: running.begin(who, pk), tone="primary", icon="right"),
    Verb.REVIEW: Offer(lambda who, pk, given: running.review(who, pk, given["text"]), ("text",), "primary", "eye"),
    Verb.SUSPEND: Offer(lambda who, pk, given: running.suspend(who, pk, given["ground"], given["text"]), ("ground", "text"), icon="stop"),
    Verb.STOP: Offer(lambda who, pk, given: running.stop(who, pk, given["stop_ground"], given["text"]), ("stop_ground", "text"), "danger", "stop"),
    Verb.RESUME: Offer(
        lambda who, pk, given: deciding.resume(who, pk, given["text"], involvement=given["involvement"]), ("text", "involvement"), "primary", "right",
        decides=True,
    ),
    Verb.ASK_RENEWAL: Offer(
        lambda who, pk, given: asking.ask_renewal(who, pk, until=given["until"], results=given["results"], need=given["need"]),
        ("until", "results", "need"), icon="clock",
    ),
    Verb.RENEW: Offer(
        lambda who, pk, given: deciding.renew(who, pk, given["text"], involvement=given["involvement"], higher=given["higher"]),
        ("text", *_OUTSIDE), "primary", "clock", decides=True,
    ),
    Verb.REFUSE_RENEWAL: Offer(lambda who, pk, given: deciding.refuse_renewal(who, pk, given["text"]), ("text",), "danger", "cross", decides=True),
    Verb.ASK_AMENDMENT: Offer(
        lambda who, pk, given: asking.ask_amendment(who, pk, adds=given["adds"], why=given["why"]),
        ("offences", "targets", "accounts", "operators", "documents", "why"), icon="plus",
    ),
    Verb.AMEND: Offer(
        lambda who, pk, given: deciding.amend(who, pk, given["text"], involvement=given["involvement"], higher=given["higher"]),
        ("text", *_OUTSIDE), "primary", "plus", decides=True,
    ),
    Verb.REFUSE_AMENDMENT: Offer(
        lambda who, pk, given: deciding.refuse_amendment(who, pk, given["text"]), ("text",), "danger", "cross", decides=True,
    ),
    Verb.END: Offer(lambda who, pk, given: running.end(who, pk, given["text"]), ("text",), icon="check"),
    Verb.CANCEL: Offer(lambda who, pk, given: running.cancel(who, pk, given["ground"], given["text"]), ("ground", "text"), "danger", "cross"),
    Verb.CLOSE: Offer(lambda who, pk, given: running.close(who, pk, given["text"]), ("text",), "primary"),
}  # fmt: skip
NEEDED_TEXT = frozenset({
    Verb.SEND_BACK, Verb.REFUSE, Verb.REVIEW, Verb.SUSPEND, Verb.RESUME, Verb.RENEW, Verb.REFUSE_RENEWAL, Verb.REFUSE_AMENDMENT, Verb.END,
    Verb.CANCEL,
})  # fmt: skip
