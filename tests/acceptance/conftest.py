"""The installed console script, run as people run it: another process, another folder, only files and exit codes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command left."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def document(self) -> dict[str, Any]:
        """Standard output as one JSON document."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Touches = Callable[..., Ran]


@pytest.fixture(scope="session")
def command() -> str:
    """The console script: TOUCHES_COMMAND, else the one beside this Python."""
    named = os.environ.get("TOUCHES_COMMAND")
    found = named or shutil.which("touches", path=str(Path(sys.executable).parent))
    if not found:
        pytest.fail("no console script `touches`: install the package, or set TOUCHES_COMMAND")
    return found


@pytest.fixture
def touches(command: str, tmp_path: Path) -> Touches:
    """Run `touches ARGUMENT…` in the test's folder; `code` (0) is expected, None for any.

    A traceback on standard error fails every test: people are owed a sentence.
    """

    def run(
        *arguments: object,
        code: int | None = 0,
        folder: Path = tmp_path,
        given: str | bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> Ran:
        done = subprocess.run(
            [command, *(str(argument) for argument in arguments)],
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            cwd=folder,
            env=_environment() | dict(environment or {}),
            timeout=120,
            check=False,
        )
        ran = Ran(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
        assert "Traceback" not in ran.err, ran.err
        if code is not None:
            assert ran.code == code, f"exit {ran.code}, expected {code}\n{ran.out}\n{ran.err}"
        return ran

    return run


def _environment() -> dict[str, str]:
    """The process's own, without our settings, Python's search path and time zone."""
    dropped = ("TOUCHES_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {"TZ": "UTC", "PYTHONWARNINGS": "default"}
