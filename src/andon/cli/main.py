"""The command `andon`: its subcommands are found by scanning this package, and only the one that is called is loaded."""

from __future__ import annotations

import importlib
import pkgutil

import click

from andon import cli as package
from andon.cli.language import environment_language
from andon.wording.say import say

_NOT_COMMANDS = {"main", "language", "options", "show", "show_campaigns", "show_measures", "show_chats", "scan_run", "book_run"}


class Commands(click.Group):
    """One command per module of this package; `COMMAND` is what the module offers."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the form that click calls
        """Names of all commands."""
        return sorted(info.name for info in pkgutil.iter_modules(package.__path__) if info.name not in _NOT_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{package.__name__}.{cmd_name}").COMMAND
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with a sentence each, without loading them."""
        with formatter.section(say("help.commands", environment_language())):
            formatter.write_dl([(name, say(f"help.{name}", environment_language())) for name in self.list_commands(ctx)])


@click.group(cls=Commands, help=say("help.andon", environment_language()), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="andon")
def main() -> None:
    """Start here."""
