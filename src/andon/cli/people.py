"""`andon people`: the first administrator, and help for who is locked out. Everything else is done on the desk's own pages."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import click
from rich.table import Table

from andon.cli import show
from andon.cli.options import AndonCommand, help_text, lang_option
from andon.console import start
from andon.wording.say import say

if TYPE_CHECKING:
    from andon.wording.say import Language

KINDS = ("police", "hotline", "platform")


@click.group("people", help=help_text("people"))
def people() -> None:
    """People of the desk."""


@people.command("add", cls=AndonCommand, help=help_text("people.add"))
@click.argument("username")
@click.option("--name", default="", help=help_text("opt.person_name"))
@click.option("--unit", required=True, help=help_text("opt.unit"))
@click.option("--kind", type=click.Choice(KINDS), default="police", show_default=True, help=help_text("opt.unit_kind"))
@click.option("--role", "roles", multiple=True, default=("administrator",), show_default=True, help=help_text("opt.role"))
@click.option("--ask-password", is_flag=True, help=help_text("opt.ask_password"))
@lang_option
def add(*, username: str, name: str, unit: str, kind: str, roles: tuple[str, ...], ask_password: bool, lang: Language) -> None:
    """Add a person."""
    start.setup()
    start.migrate()
    from andon.console.people.actions import setup  # noqa: PLC0415 - it needs Django, which is set up by now

    known = setup.roles_named(roles)
    password = click.prompt(say("people.prompt", lang), hide_input=True, confirmation_prompt=True) if ask_password else ""
    if password:
        setup.check_password(password, username, name)
    added = setup.add_from_command(username, name or username, unit, kind, known, password=password, language=lang, operator=getpass.getuser())
    click.echo(say("people.added", lang, username=added.person.username))
    if not password:
        click.echo(say("people.first_password", lang, password=added.password))


@people.command("restore", cls=AndonCommand, help=help_text("people.restore"))
@click.argument("username")
@lang_option
def restore(*, username: str, lang: Language) -> None:
    """Let somebody in again who has lost password or second factor."""
    start.setup()
    from andon.console.people.actions import setup  # noqa: PLC0415 - it needs Django, which is set up by now

    password = setup.restore_from_command(username, operator=getpass.getuser())
    click.echo(say("people.first_password", lang, password=password))


@people.command("list", cls=AndonCommand, help=help_text("people.list"))
@lang_option
def listed(*, lang: Language) -> None:
    """Everybody."""
    start.setup()
    from andon.console.staff import queries  # noqa: PLC0415 - it needs Django, which is set up by now

    table = Table()
    for code in ("username", "name", "unit", "roles"):
        table.add_column(say(f"staff.field.{code}", lang))
    table.add_column(say("factors.title", lang))
    everybody = list(queries.people())
    safe = {one.pk for one in everybody if queries.has_second_factor(one)}
    for one in everybody:
        state = say("factors.set" if one.pk in safe else "factors.unset", lang) if one.is_active else say("people.off", lang)
        table.add_row(one.username, one.name, one.unit.name, ", ".join(say(f"role.{role}", lang) for role in one.roles), state)
    show.output().print(table)


COMMAND = people
