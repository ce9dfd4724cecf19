"""The reference says what the program does: generated pages are compared, and every setting is named."""

import runpy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from touches.settings.loader import load_settings
from touches.settings.model import Settings

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
PAGES: dict[str, str] = runpy.run_path(str(ROOT / "docs" / "write_reference.py"))["pages"]()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_says_what_the_program_says(name: str) -> None:
    found = (REFERENCE / name).read_text(encoding="utf-8")
    assert found == PAGES[name], f"docs/reference/{name} is out of date: run `make docs`"


def keys(model: Any, path: str = "") -> set[str]:
    """Every key of the settings as `section.key`."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        inner = [
            part
            for part in (field.annotation, *getattr(field.annotation, "__args__", ()))
            if hasattr(part, "model_fields")
        ]
        found |= keys(inner[0], f"{path}{name}.") if inner else {f"{path}{name}"}
    return found


def test_every_key_of_the_settings_stands_in_the_reference_with_its_default() -> None:
    page = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    sections = {part.partition("]")[0]: part for part in page.split("\n## [")[1:]}
    for key in keys(Settings):
        section, _, name = key.rpartition(".")
        found = next(sections[one] for one in (section, f"{section}.NAME", f"{section}.COUNTRY") if one in sections)
        assert f"| `{name}` |" in found, key


def test_the_starter_settings_are_read_and_show_the_defaults(tmp_path: Path) -> None:
    """Where a team has nothing to choose at first, what the starter shows is what holds without it."""
    starter = (ROOT / "policies" / "starter" / "touches.toml").read_text(encoding="utf-8")
    (tmp_path / "touches.toml").write_text(starter, encoding="utf-8")
    settings = load_settings(tmp_path, {})
    for name in {"schedule", "limits", "law", "news"} & set(tomllib.loads(starter)):
        assert getattr(settings, name) == type(getattr(settings, name))(), name
