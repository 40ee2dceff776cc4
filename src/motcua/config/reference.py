"""Writes the reference pages of the docs from the code: settings, command line, refusals, events, the API.

`make reference` writes them; a house test tells when they are stale.
"""

import argparse
import importlib
import json
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic_core import PydanticUndefined

from . import api_reference, cli, paths, settings_object

MADE = "<!-- Made by `make reference` from the code. Edit the code, not this page. -->\n\n"


def pages() -> dict[str, Callable[[], str]]:
    """Return the generated pages: path beneath the checkout → function that makes its text."""
    return {
        "docs/operating/settings.md": settings_page,
        "docs/reference/command-line.md": command_page,
        "docs/reference/refusals.md": refusals_page,
        "docs/reference/events.md": events_page,
        "docs/reference/api.md": api_page,
        "docs/reference/paper-record-1.schema.json": paper_schema,
    }


def write(top: Path = paths.CHECKOUT) -> list[str]:
    """Write every page that differs; returns the paths written. Django must be set up."""
    written = []
    for name, make in pages().items():
        path, text = top / name, make()
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            written.append(name)
    return written


def _cell(value: Any) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def _default(name: str) -> str:
    field = settings_object.Settings.model_fields[name]
    if name == "var":
        return "`var/` of the checkout"
    if name == "packs_dir":
        return "`packs/` of the checkout"
    value = field.default
    if value in (PydanticUndefined, None, "", ()):
        return ""
    return f"`{', '.join(value) if isinstance(value, tuple) else value}`"


def settings_page() -> str:
    """The settings, one row each, in the order of the settings object."""
    lines = [
        "# Settings\n",
        "Values come, strongest first, from the environment, from `var/motcua.env` (one `NAME=value` a line), from the",
        "secrets file, and from the defaults. The program checks all of them at its start and tells every problem at",
        "once; `motcua settings check` does the same beforehand. A name that does not exist is a problem too.\n",
        "| Name | Default | What it is |",
        "|---|---|---|",
    ]
    for name, field in settings_object.Settings.model_fields.items():
        variable = settings_object.environment_name(name)
        lines.append(f"| `{variable}` | {_cell(_default(name))} | {_cell(field.description or '')} |")
    return MADE + "\n".join(lines) + "\n"


def command_page() -> str:
    """The commands with their arguments. Drawn by ourselves: what `--help` prints differs between Python versions."""
    lines = [
        "# The command line\n",
        "After `make setup`: `.venv/bin/motcua COMMAND`. Exit code 0 is good, 1 a finding, 2 wrong usage. With",
        "`--json`, standard output holds JSON and nothing else.\n",
    ]
    for name, command in _commands(cli.build_parser()):
        lines.append(f"## `motcua {name}`\n")
        if command.description:
            lines.append(" ".join(command.description.split()) + "\n")
        rows = [_argument_row(action) for action in command._actions if _is_shown(action)]
        if rows:
            lines += ["| Argument | What it is |", "|---|---|", *rows, ""]
    return MADE + "\n".join(lines)


def _commands(
    parser: argparse.ArgumentParser, prefix: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                yield f"{prefix}{name}", command
                yield from _commands(command, f"{prefix}{name} ")


def _is_shown(action: argparse.Action) -> bool:
    hidden = isinstance(action, argparse._HelpAction | argparse._SubParsersAction)
    return not hidden and action.help is not argparse.SUPPRESS


def _argument_row(action: argparse.Action) -> str:
    """One argument: its names, what it takes, whether it must be given, its help."""
    takes = str(action.metavar or "").strip()
    if action.choices:
        takes = takes or " or ".join(str(choice) for choice in action.choices)
    elif action.nargs != 0 and action.option_strings and not takes:
        takes = action.dest.upper()
    names = ", ".join(action.option_strings) or takes or action.dest
    shown = f"{names} {takes}" if action.option_strings and takes else names
    must = " (must be given)" if action.required and action.option_strings else ""
    text = (action.help or "").replace("%(default)s", str(action.default)).replace("%%", "%")
    return f"| `{_cell(shown)}` | {_cell(text)}{must} |"


def _load(part: str) -> Iterator[tuple[str, Any]]:
    from django.conf import settings

    for room in settings.INSTALLED_ROOMS:
        if find_spec(f"motcua.{room}.{part}"):
            yield room, importlib.import_module(f"motcua.{room}.{part}")


def _below(kind: type) -> Iterator[Any]:
    nearest: list[Any] = kind.__subclasses__()
    for below in nearest:
        yield below
        yield from _below(below)


def _house_classes(kind: type) -> list[Any]:
    """Return the classes of the house beneath `kind`, by module and name, each once."""
    found: dict[str, Any] = {f"{cls.__module__}.{cls.__qualname__}": cls for cls in _below(kind)}
    return [cls for name, cls in sorted(found.items()) if name.startswith("motcua.")]


def refusals_page() -> str:
    """Every refusal: code, status, the sentence and the next step."""
    from django.utils import translation

    from motcua.foundation.errors import Refusal

    list(_load("errors"))
    lines = [
        "# Refusals\n",
        "What the product says when it will not do a thing. The code is for machines and the help desk.\n",
        "| Code | Status | Sentence | Next step |",
        "|---|---|---|---|",
    ]
    with translation.override("vi"):
        rows = {
            (c.code, c.status, str(c.message), str(c.next_step)) for c in [Refusal, *_house_classes(Refusal)]
        }
    lines += [
        f"| `{code}` | {status} | {_cell(text)} | {_cell(step)} |"
        for code, status, text, step in sorted(rows)
    ]
    return MADE + "\n".join(lines) + "\n"


def events_page() -> str:
    """Every event, what it carries, and who reacts to it."""
    from motcua.foundation import events

    list(_load("events"))
    list(_load("tasks"))
    handlers: dict[type, list[str]] = {}
    for handler in events._handlers.values():
        handlers.setdefault(handler.event, []).append(handler.name)
    lines = [
        "# Events\n",
        "What rooms announce, in the transaction of the act. Fields are ids and codes, never names or answers.\n",
        "| Room | Event | Carries | Handled by |",
        "|---|---|---|---|",
    ]
    for event in _house_classes(events.Event):
        fields = ", ".join(f"`{name}`" for name in getattr(event, "__dataclass_fields__", {}))
        names = ", ".join(f"`{name}`" for name in sorted(handlers.get(event, [])))
        lines.append(f"| {event.__module__.split('.')[1]} | `{event.__name__}` | {fields} | {names} |")
    return MADE + "\n".join(lines) + "\n"


def api_page() -> str:
    """The API: its rules, every operation, every verb and every schema."""
    from .api import api

    description = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    return MADE + api_reference.page(description)


def paper_schema() -> str:
    """The schema of what is attached to every paper."""
    from motcua.papers.record import schema

    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
