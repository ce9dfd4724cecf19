"""All benchmarks in one table: figure, measured, floor, goal, verdict.

python -m benchmarks [NAME]… [--scale small|full] [--out FOLDER]

Each runs in a process of its own, for one must not warm another's caches. Ratios count, absolute speeds are the
machine's. The figures are also written to FOLDER (`bench-out`) as JSON, each benchmark's apart and all together.
"""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Figure, read, table, written

SCALES = {"small": 0.01, "full": 1.0}
NAMES = (
    "dispatch",
    "commits",
    "kills",
    "claims",
    "daemons",
    "memory",
    "restart",
    "planner",
    "simulation",
    "preview",
    "lapse",
    "ahead",
    "imports",
    "likeness",
)


def main(argv: list[str] | None = None) -> int:
    """1 when a benchmark broke; a missed floor is no error, it stands in the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--scale", choices=SCALES, default="small")
    parser.add_argument("--out", type=Path, default=Path("bench-out"))
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    unknown = sorted(set(options.names) - set(NAMES))
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}: {', '.join(NAMES)}")
    options.out.mkdir(exist_ok=True, parents=True)
    if options.alone:
        for name in options.names:
            _measure(name, options.out, SCALES[options.scale])
        return 0
    return _all(options.names or NAMES, options.out, options.scale)


def _measure(name: str, out: Path, scale: float) -> None:
    """Run one benchmark here and write its figures."""
    found = list(importlib.import_module(f"benchmarks.{name}").measure(scale))
    (out / f"{name}.json").write_text(written(found), encoding="utf-8")


def _all(names: list[str] | tuple[str, ...], out: Path, scale: str) -> int:
    figures: list[Figure] = []
    broken: list[str] = []
    for name in names:
        started = time.monotonic()
        command = [sys.executable, "-m", "benchmarks", name, "--alone", "--scale", scale, "--out", str(out)]
        ended = subprocess.run(command, stdout=sys.stderr, check=False)
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        if ended.returncode:
            broken.append(name)
        else:
            figures += read((out / f"{name}.json").read_text(encoding="utf-8"))
    _write(out, scale, figures, broken)
    print(table(figures))
    print(f"\n{_machine()}; scale {scale}; written to {out / 'figures.json'}")
    if broken:
        print(f"broken: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


def _write(out: Path, scale: str, figures: list[Figure], broken: list[str]) -> None:
    document = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": _machine(),
        "scale": scale,
        "broken": broken,
        "figures": [figure.document() for figure in figures],
    }
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    (out / "figures.json").write_text(text, encoding="utf-8")


def _machine() -> str:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load {load}"


if __name__ == "__main__":
    sys.exit(main())
