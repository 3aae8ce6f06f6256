"""What the commands share: options, loading the engine, and turning errors into one sentence and an exit code."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
import zstandard
from click.core import ParameterSource

from andon import language as language_package
from andon.cli.language import environment_language
from andon.cli.show import printable
from andon.detection import scoring as scoring_package
from andon.detection.learning.labelled import Labelled, read_all
from andon.detection.scoring.engine import Engine
from andon.detection.scoring.model import load_model
from andon.detection.signals.registry import all_signals
from andon.detection.sources.generic import mapped
from andon.domain.errors import AndonError, LabelError, SourceError
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from andon.wording.say import Language

UNUSABLE, REJECTED, INTERRUPTED = 2, 3, 130
FILE = click.Path(dir_okay=False, path_type=Path)


def help_text(code: str) -> str:
    """Help in the language of the environment (an option cannot change it: help is made before options are read)."""
    return say(f"help.{code}", environment_language())


def warn(sentence: str) -> None:
    """Say a sentence on stderr."""
    click.echo(printable(sentence), err=True)


class AndonCommand(click.Command):
    """A command whose errors become one sentence on stderr and an exit code. The command boundary."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever the command returns
        """Run the command."""
        language = ctx.params.get("lang") or environment_language()
        try:
            return super().invoke(ctx)
        except AndonError as error:
            _fail(ctx, say_error(error, language), UNUSABLE)
        except BrokenPipeError:  # the reader of our output has gone; click knows what to do
            raise
        except OSError as error:
            _fail(ctx, say("system_error", language, path=error.filename or "-", reason=error.strerror or type(error).__name__), UNUSABLE)
        except KeyboardInterrupt:
            _fail(ctx, say("stopped", language), INTERRUPTED)


def _fail(ctx: click.Context, sentence: str, code: int) -> NoReturn:
    warn(sentence)
    ctx.exit(code)


def lang_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--lang ja|en`."""
    return click.option("--lang", type=click.Choice(["ja", "en"]), default=environment_language, help=help_text("opt.lang"))(command)


def model_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--model FILE`."""
    return click.option("--model", type=FILE, default=None, help=help_text("opt.model"))(command)


def json_option(code: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--json`, with the help of `code`."""
    return click.option("--json", "as_json", is_flag=True, help=help_text(code))


def _checked(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """What `--map` was given, when each has a field and a name."""
    for one in given:
        field, mark, name = one.partition("=")
        if not (field.strip() and mark and name.strip()):
            raise click.BadParameter(say("map_form", environment_language(), value=one))
    return given


def map_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--map FIELD=NAME`, any number of times."""
    return click.option("--map", "columns", metavar="FIELD=COLUMN", multiple=True, callback=_checked, help=help_text("opt.map"))(command)


def named_columns(given: Sequence[str]) -> dict[str, str]:
    """What `--map` said, as field → name in the file. Raises SourceError for an unknown field, or one that is named twice."""
    columns: dict[str, str] = {}
    for one in given:
        field, _, name = one.partition("=")
        if columns.setdefault(field.strip().lower(), name.strip()) != name.strip():
            raise SourceError(reason="field_twice", name=field.strip())
    mapped(columns)
    return columns


def kernels_cached() -> bool:
    """Whether compiled kernels lie beside the packages that hold them."""
    folders = [Path(folder) / "__pycache__" for package in (scoring_package, language_package) for folder in package.__path__]
    return all(any(folder.glob("*.nbi")) for folder in folders)


def load_engine(model: Path | None, language: Language) -> Engine:
    """The engine with all signals and the model of `model` (None: the one that andon ships). Says so when kernels have to be compiled first."""
    signals = all_signals()
    loaded = load_model(model, signals=tuple(signal.name for signal in signals))
    if not kernels_cached():
        warn(say("compiling", language))
    return Engine(signals, loaded)


def labelled_rows(paths: Sequence[Path]) -> list[Labelled]:
    """All labelled rows of `paths`. Raises `LabelError` for what cannot be used, a cut or damaged archive among it."""
    try:
        return read_all(paths)
    except (EOFError, zstandard.ZstdError) as error:
        raise LabelError(path=", ".join(str(path) for path in paths), reason="truncated") from error


def command_again(ctx: click.Context, *more: str) -> str:
    """The command line that was given, with `more` options, ready to be pasted into a shell."""
    options, arguments = list(more), list[str]()
    for parameter in ctx.command.params:
        value = ctx.params.get(parameter.name or "")
        if ctx.get_parameter_source(parameter.name or "") is not ParameterSource.COMMANDLINE:
            continue
        if isinstance(parameter, click.Argument):
            arguments += [str(one) for one in (value if isinstance(value, tuple) else (value,))]
        elif isinstance(parameter, click.Option) and parameter.is_flag:
            options += [parameter.opts[0]] * (parameter.opts[0] not in options)
        else:
            for one in value if isinstance(value, tuple) else (value,):
                options += [parameter.opts[0], str(one)]
    dashes = ["--"] * any(one.startswith("-") and one != "-" for one in arguments)
    return shlex.join(["andon", str(ctx.info_name), *options, *dashes, *arguments])
