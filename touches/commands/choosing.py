"""Which leads a command is about: named on the line, in a file, by segment, or all of them."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from touches.commands.options import App
from touches.commands.people import found

if TYPE_CHECKING:
    from touches.store.units import Unit

SHOWN_UNKNOWN = 20
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """What was said of whom a command is about."""

    leads: tuple[str, ...]
    segment: str
    file: Path | None
    everybody: bool
    exclude: tuple[str, ...]


def whom(command: Callable[..., Any]) -> Callable[..., Any]:
    """`LEAD…`, `--segment`, `--file`, `--all`, `--exclude` as `people`; `-` is standard input, as a lead and a file."""

    @wraps(command)
    def asked(
        *arguments: Any,
        leads: tuple[str, ...],
        segment: str,
        file: Path | None,
        everybody: bool,
        exclude: tuple[str, ...],
        **options: Any,
    ) -> Any:
        people = Whom(leads=leads, segment=segment, file=file, everybody=everybody, exclude=exclude)
        return command(*arguments, people=people, **options)

    decorated: Callable[..., Any] = asked
    for decorate in (
        click.argument("leads", nargs=-1),
        click.option("--segment", default="", help="All leads of a segment."),
        click.option(
            "--file", type=click.Path(allow_dash=True, path_type=Path), help="One lead a line; - is standard input."
        ),
        click.option("--all", "everybody", is_flag=True, help="All leads."),
        click.option("--exclude", multiple=True, metavar="LEAD", help="But not this one; may be repeated."),
    ):
        decorated = decorate(decorated)
    return decorated


def lead_keys(leads: Iterable[str], file: Path | None) -> Iterator[str]:
    """The keys named on the line, where `-` stands for those on standard input, and those in the file.

    Raises FileError when it cannot be read.
    """
    for lead in leads:
        yield from _keys_in(Path(STANDARD_INPUT)) if lead == STANDARD_INPUT else (lead,)
    if file is not None:
        yield from _keys_in(file)


def _keys_in(file: Path) -> Iterator[str]:
    from touches.errors import FileError

    try:
        data = sys.stdin.buffer.read() if str(file) == STANDARD_INPUT else file.read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(f'"{file}" is not UTF-8 text: save it as UTF-8, one lead a line.') from None
    except OSError as error:
        raise FileError.from_os(error, "read") from None
    yield from (line.strip() for line in text.splitlines() if line.strip())


def lead_ids(this: App, unit: "Unit", keys: Iterable[str]) -> list[int]:
    """The ids of named leads. Raises UnknownLead, or FindingsError with all that nobody knows, or Refused where
    several share an address."""
    from touches.errors import FindingsError, UnknownLead

    ids, unknown = [], []
    for key in keys:
        try:
            ids.append(found(this, unit, key).id)
        except UnknownLead as error:
            unknown.append(error)
    if len(unknown) == 1:
        raise unknown[0]
    if unknown:
        more = len(unknown) - SHOWN_UNKNOWN
        lines = [f"{error.message} {error.hint}" for error in unknown[:SHOWN_UNKNOWN]]
        lines += [f"and {more} more"] if more > 0 else []
        raise FindingsError(f"{len(unknown)} of those named are no leads, so nothing was done.", lines)
    return ids


def chosen(
    this: App, unit: "Unit", leads: Iterable[str], segment: str, file: Path | None, *, everybody: bool = False
) -> list[int]:
    """Those named, and those of the segment; or everybody."""
    named = lead_ids(this, unit, lead_keys(leads, file))
    if everybody:
        return unit.leads.ids()
    return named + (unit.leads.ids(segment=segment) if segment else [])


def wanted(this: App, unit: "Unit", people: Whom) -> list[int]:
    """Those chosen without the excluded ones; a usage error where nobody is named."""
    if not (people.leads or people.segment or people.file):
        raise click.UsageError("Name leads, or use --segment, --file or --all.")
    excluded = set(lead_ids(this, unit, people.exclude))
    return [one for one in chosen(this, unit, people.leads, people.segment, people.file) if one not in excluded]
