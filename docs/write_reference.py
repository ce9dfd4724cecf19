"""Writes the pages of docs/reference that the program itself knows best; a test compares them with what it says."""

import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

REFERENCE = Path(__file__).resolve().parent / "reference"
GENERATED = "<!-- Written by `make docs`; change the texts where they stand in the source. -->\n"
EXIT_CODES_TEXT = """\
Every command ends with one of these; `touches doctor --exit-codes` prints the same table. On an error the sentence
stands on standard error; with `--json` it is one JSON object there, with the keys `error`, `hint` (where there is one)
and `exit_code`.

"""
SETTINGS_TEXT = """\
`touches.toml` lies in the workspace's folder. Unknown keys and wrong values are errors, all shown at once with their
lines. Relative paths are taken from the workspace's folder. `touches doctor` checks the rest.

Times of day are those of `[workspace] timezone`. A length is written as `20 hours` or `7 days` (of 24 hours each), a
size as `200 MB`, a range of days as `2027-07-01..2027-07-28`, a line of `[schedule]` as `every 5 seconds`,
`daily 03:00`, `mon 07:30` or `mon-fri 14:00`.
"""


def pages() -> dict[str, str]:
    """Each generated page by its file's name."""
    return {
        "commands.md": "".join(command_reference()),
        "exit-codes.md": "".join(exit_codes()),
        "settings.md": "".join(settings_reference()),
    }


def exit_codes() -> Iterator[str]:
    """The table of `doctor --exit-codes`."""
    from touches.errors import EXIT_CODES

    yield f"# Exit codes\n\n{GENERATED}\n"
    yield EXIT_CODES_TEXT
    yield "| code | meaning |\n|---|---|\n"
    for code, meaning in EXIT_CODES.items():
        yield f"| {code} | {meaning} |\n"


def settings_reference() -> Iterator[str]:
    """Every section and key of touches.toml with its default."""
    from touches.settings.loader import DATABASE_VARIABLE
    from touches.settings.model import PASSWORD_VARIABLES, Settings
    from touches.workspace import WORKSPACE_VARIABLE

    yield f"# Settings\n\n{GENERATED}\n"
    yield SETTINGS_TEXT
    for title, section in _sections(Settings, ""):
        yield from _section(title, section)
    yield "\n## The environment\n\n| variable | meaning |\n|---|---|\n"
    yield f"| `{WORKSPACE_VARIABLE}` | The workspace's folder, if `--workspace` names none. |\n"
    yield f"| `{DATABASE_VARIABLE}` | The database, instead of `[workspace] database`. |\n"
    for of, variable in PASSWORD_VARIABLES.items():
        yield f"| `{variable}` | The password for {of}, instead of its `password_file`. |\n"


def _sections(model: Any, path: str) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        section = _model_in(field.annotation)
        if section is None:
            continue
        here = f"{path}{name}" + _each(name, field.annotation)
        if any(_model_in(inner.annotation) is None for inner in section.model_fields.values()):
            yield here, section
        yield from _sections(section, f"{path}{name}.")


def _each(name: str, annotation: Any) -> str:
    """What stands for the name of one of several sections, empty for a single one."""
    if get_origin(annotation) is not dict:
        return ""
    return ".COUNTRY" if name == "dnc" else ".NAME"


def _model_in(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _section(title: str, section: Any) -> Iterator[str]:
    yield f"\n## [{title}]\n\n"
    told = (section.__doc__ or "").partition(": ")[2]
    if told:
        yield f"{told[0].upper()}{told[1:]}\n\n"
    yield "| key | default | meaning |\n|---|---|---|\n"
    for name, field in section.model_fields.items():
        if field.description:
            yield f"| `{name}` | {_default(field)} | {_cell(field.description)} |\n"


def _default(field: Any) -> str:
    if field.is_required():
        return "required"
    return "" if field.default is None else f"`{json.dumps(field.default, ensure_ascii=False)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def command_reference() -> Iterator[str]:
    """Every command with its arguments and options, the shared ones once."""
    from cli import root

    yield f"# Commands\n\n{GENERATED}\n"
    yield "Every command takes these options, before its name or after it:\n\n"
    yield "| option | meaning |\n|---|---|\n"
    shared = {"--json", "--workspace", "--as", "--verbose"}
    yield from _options(option for option in root.params if shared & set(option.opts))
    for path, command in _leaves(root, ("touches",)):
        yield f"\n## {' '.join(path)}\n\n"
        yield f"`{' '.join([*path, *_usage(command)])}`\n\n"
        yield _prose(command.help or "") + "\n"
        own = [parameter for parameter in command.params if not shared & set(parameter.opts)]
        options = [parameter for parameter in own if parameter.param_type_name == "option"]
        if options:
            yield "\n| option | meaning |\n|---|---|\n"
            yield from _options(options)


def _leaves(group: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in sorted(group.commands.items()):
        if getattr(command, "invoke_without_command", True):  # a group that does something of its own
            yield (*path, name), command
        if hasattr(command, "commands"):
            yield from _leaves(command, (*path, name))


def _usage(command: Any) -> list[str]:
    import click

    return [piece for piece in command.collect_usage_pieces(click.Context(command)) if piece]


def _options(options: Any) -> Iterator[str]:
    import click

    for option in options:
        name = ", ".join((*option.opts, *option.secondary_opts))
        value = "" if option.is_flag else f" {option.make_metavar(click.Context(click.Command('')))}"
        yield f"| `{_cell(name + value)}` | {_cell(option.help or '')} |\n"


def _prose(text: str) -> str:
    """Paragraphs of a help text, without click's marker that keeps line breaks."""
    return inspect.cleandoc(text.replace("\b\n", ""))


def main() -> None:
    """Write the pages."""
    sys.path.insert(0, str(REFERENCE.parents[1]))
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
