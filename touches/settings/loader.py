"""Reads `touches.toml` into `Settings`: every error at once, each with its line and what was expected."""

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from touches.errors import SettingsError, did_you_mean, quoted_list
from touches.settings.model import Settings
from touches.settings.places import line_of
from touches.wording import counted

FILE_NAME = "touches.toml"
DATABASE_VARIABLE = "TOUCHES_DATABASE"


def load_settings(root: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of the workspace in the folder `root`; raises SettingsError with all problems."""
    environment = os.environ if environment is None else environment
    file = root / FILE_NAME
    text = _read(file)
    data = _parse(text, file)
    if override := environment.get(DATABASE_VARIABLE, ""):
        _override_database(data, override)
    try:
        return Settings.model_validate(data, context={"root": root, "environment": environment})
    except ValidationError as error:
        problems = sorted(_problem(each, text) for each in error.errors())
        raise _settings_error(file, problems) from None


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(
            f'"{file}" is not UTF-8 text: byte {error.start} is {error.object[error.start]:#04x}.',
            hint="Save it as UTF-8 in your editor.",
        ) from None
    except OSError as error:
        raise SettingsError(f'Cannot read "{file}": {(error.strerror or str(error)).lower()}.') from None


def _parse(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        what = re.sub(r"\('(.+?)',?\)", _table_name, str(error).partition(" (at ")[0])
        number = int(place[1]) if place else text.count("\n") + 1
        raise _settings_error(file, [(number, f"this is not TOML: {what[:1].lower()}{what[1:]}")]) from None


def _table_name(path: re.Match[str]) -> str:
    """tomllib shows a table as Python's tuple."""
    return f"[{path[1].replace(chr(39), '').replace(', ', '.')}]"


def _override_database(data: dict[str, Any], url: str) -> None:
    section = data.setdefault("workspace", {})
    if isinstance(section, dict):
        section["database"] = url


def _settings_error(file: Path, problems: Sequence[tuple[int, str]]) -> SettingsError:
    lines = [f"{file}:{number}: {problem}" if number else f"{file}: {problem}" for number, problem in problems]
    many = counted(len(lines), "error")
    return SettingsError(f"The settings have {many}.", lines, hint="docs/reference/settings.md has every key.")


def _problem(error: Mapping[str, Any], text: str) -> tuple[int, str]:
    path = tuple(str(part) for part in error["loc"])
    names = tuple(part for part in path if not part.isdecimal())
    number = line_of(text, names)
    return number, f"{_named(names)}: {_complaint(error, names)}"


def _named(path: Sequence[str]) -> str:
    """`[channels.email] port`; a lone word is a section."""
    if len(path) == 1:
        return f"[{path[0]}]"
    return f"[{'.'.join(path[:-1])}] {path[-1]}"


def _complaint(error: Mapping[str, Any], path: Sequence[str]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        known = _known_keys(path[:-1])
        return "unknown key." + (did_you_mean(path[-1], known) or f" Known are {', '.join(known)}.")
    if kind == "missing":
        return "this is required and missing"
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return f"found {_shown(error['input'])}, expected {context['expected'].replace(chr(39), chr(34))}"
    if kind == "string_pattern_mismatch":
        return f"found {_shown(error['input'])}, expected a text on one line that is not empty"
    return f"found {_shown(error['input'])}, {_expected(kind, context)}"


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    bounds = {"greater_than_equal": "at least {ge}", "less_than_equal": "at most {le}"}
    if kind == "too_short":
        return "expected at least one"
    if kind in bounds:
        return f"expected {bounds[kind].format(**context)}"
    words = {
        "int_type": "a whole number",
        "string_type": "a text in quotes",
        "tuple_type": 'a list as ["a", "b"]',
        "model_type": "a section",
        "dict_type": "a section",
    }
    return f"expected {words.get(kind, 'something else (' + kind + ')')}"


def _shown(value: object) -> str:
    if isinstance(value, str):
        return quoted_list([value[:60]])
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value)[:60]


def _known_keys(path: Sequence[str]) -> tuple[str, ...]:
    """The keys of the section at `path`; the names under `owners` share one section."""
    model: type[BaseModel] = Settings
    for part in path:
        if part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return tuple(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = [found for part in getattr(annotation, "__args__", ()) if (found := _model_in(part))]
    return inner[0] if inner else None
