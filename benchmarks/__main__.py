"""All benchmarks, one after another, each with its own figures; a failed one is named at the end."""

import subprocess
import sys
from pathlib import Path

SKIPPED = {"__main__"}


def main() -> int:
    """Run every module of this folder in a process of its own; 1 when one of them failed."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in SKIPPED)
    failed = []
    for name in names:
        print(f"\n== {name} ==", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
