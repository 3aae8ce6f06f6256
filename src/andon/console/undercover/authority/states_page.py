"""The state table as a page of the documents, from the rows that the code executes. Needs no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.undercover.authority.codes import State, Verb
from andon.console.undercover.authority.rules import rules
from andon.console.undercover.authority.states import CELLS, RULES, TABLE
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.undercover.authority.states import Row

_HEAD = """\
This table is the specification of plans of fictitious-identity investigations: `authority.moving.move` executes these rows, and nothing
else changes a plan. It is printed from them. A verb that has no row for a state is refused in it. *Who* may do it; everything under
*must be true* is checked in that order; then the plan is in the new state and what *follows* happens in the same transaction, with one
entry in the trail. `tests/console/authority` tries every cell: each row by everybody, each condition broken once, each empty cell, and
random walks that never reach a forbidden state.

A plan begins as a draft (verb `authority.drafted`) of somebody who works on an open undercover case. There is authority only while a plan
is *active* ({active}), within its period, with no review missed by more than {grace} days, by the clock. There is no verb for an oral
grant (A14), none that delegates a decision (A5), none that goes on inside a group after the meeting (U16), and none that asks for a
warrant (U17).
"""


def page(made: str) -> str:
    """docs/reference/undercover-states.md. `made` says by what it was made."""
    lines = [
        "# States of a plan\n", made, _HEAD.format(active=_both("state", State.ACTIVE), grace=rules().review_grace.days),
        "## All cells\n", *_grid(), "", "## The rows\n",
    ]  # fmt: skip
    for state in State:
        rows = [row for row in TABLE if row.state == state]
        lines.append(f"### {_both('state', state)}\n")
        lines += [*_rows(rows), ""] if rows else ["Nothing leads on from here.\n"]
    lines += ["## Conditions and their rules\n", *_conditions()]
    return "\n".join(lines).rstrip() + "\n"


def _both(kind: str, code: str) -> str:
    return f"{say(f'authority.{kind}.{code}', 'ja')} / {say(f'authority.{kind}.{code}', 'en')}"


def _grid() -> Iterable[str]:
    """State × verb: where it leads; a dash where it is refused."""
    yield f"| verb | {' | '.join(f'`{state}`' for state in State)} |"
    yield f"|---|{'---|' * len(State)}"
    for verb in Verb:
        cells = [f"`{row.to}`" if (row := CELLS.get((state.value, verb.value))) else "–" for state in State]
        yield f"| {_both('verb', verb)} | {' | '.join(cells)} |"


def _rows(rows: Iterable[Row]) -> Iterable[str]:
    yield "| verb | who | must be true | then the plan is | follows |\n|---|---|---|---|---|"
    for row in rows:
        who = ", ".join(say(f"authority.who.{one}", "en") for one in row.who)
        must = ", ".join(f"`{one}`" for one in row.must) or "–"
        then = ", ".join(say(f"authority.then.{one}", "en") for one in row.then) or "–"
        yield f"| {_both('verb', row.verb)} | {who} | {must} | `{row.to}` | {then} |"


def _conditions() -> Iterable[str]:
    yield "| condition | rules | 日本語 | English |\n|---|---|---|---|"
    for must in dict.fromkeys(must for row in TABLE for must in row.must):
        code = f"refused.plan_{must}"
        yield f"| `{must}` | {', '.join(RULES.get(must, ())) or '–'} | {say(code, 'ja')} | {say(code, 'en')} |"
