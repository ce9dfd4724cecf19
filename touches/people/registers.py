"""Copies of do-not-call registers: files of phone numbers, one a line, in any spelling of their country."""

from pathlib import Path

from touches.errors import SettingsError
from touches.people.phones import library_number, quick_numbers


def numbers_in(path: Path, country: str) -> frozenset[str]:
    """The numbers of the file as E.164, read as dialled in `country` (ISO 3166-1 alpha-2) where they have no `+`.

    SettingsError where the file cannot be read, or holds lines and hardly a number: to call in spite of a register
    that was misread would be a mistake. A heading, and numbers that nobody can have, are left out.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"[dnc.{country}] snapshot {path} cannot be read as a list of numbers: {error}.") from None
    lines = [line.replace(",", " ").replace(";", " ").strip().strip('"') for line in text.splitlines()]
    lines = [line for line in lines if line]
    quick = quick_numbers(lines, (), country)
    found = [number or library_number(line, country).number for line, number in zip(lines, quick, strict=True)]
    numbers = frozenset(number for number in found if number)
    if lines and 2 * sum(map(bool, found)) < len(lines) - 1:  # one line may be a heading
        first = next(line for line, number in zip(lines, found, strict=True) if not number)
        raise SettingsError(
            f'[dnc.{country}] snapshot {path}: most lines are no phone numbers of {country}, as "{first[:40]}".',
            hint="One number a line, as +12065550100 or as dialled there; a comma after the area code may stay.",
        )
    return numbers
