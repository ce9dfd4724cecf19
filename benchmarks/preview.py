"""What publishing would do to everybody inside: seconds of one core and memory, on SQLite.

python -m benchmarks.preview [--json FILE] [--enrollments N]

Everybody came in at an instant of their own and stands at the second of seven steps; a changed file moves every step.
By default a hundredth of the goal's million enrollments; the time for all is in proportion.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.lapse import NOW, office_in
from policies.loader import load_policy_text
from touches.engine.office import Office
from touches.preview.effects import effect_of
from touches.simulation.scripts import Script
from touches.store.types import to_micros

GOAL_ENROLLMENTS, GOAL_SECONDS = 1_000_000, 120.0
STEPS = "\n".join(
    f"  - {{{{id: s{number}, day: {{{number}}}, channel: email, news: any, ask: Reply.}}}}" for number in range(7)
)
POLICY = f"policy: follow\ntouches:\n{STEPS}\ncaps: {{{{per_lead: 3 per week}}}}\n"


def policy(shift: int) -> str:
    return POLICY.format(*(number * 4 + (shift if number else 0) for number in range(7)))


def fill(office: Office, count: int) -> None:
    """Leads with an address, the first touch sent, the second planned."""
    from policies.linter import LintContext
    from touches.publishing import publish, read_drafts

    folder = Path(str(office.desk.free_space_at))
    (folder / "policies" / "follow.yaml").write_text(policy(0), encoding="utf-8")
    drafts = read_drafts(folder / "policies", folder / "news", LintContext(), similar=lambda _items: ())
    now, day = to_micros(NOW), 86_400_000_000

    def entered(number: int) -> int:
        return now - day - number * 7_919_000_003 % day  # nobody at the instant of another

    with office.store.write() as unit:
        publish(unit, drafts, author="bench", at=NOW)
        raw = unit.connection.connection
        raw.executemany(
            "INSERT INTO lead (id, external_id, timezone, country, created_at, updated_at) VALUES (?,?,?,?,?,?)",
            ((n + 1, f"l{n}", "Europe/Helsinki", "FI", now, now) for n in range(count)),
        )
        raw.executemany(
            "INSERT INTO contact_point (lead_id, kind, address, address_hash) VALUES (?, 'email', ?, ?)",
            ((n + 1, f"l{n}@x.test", f"h{n}") for n in range(count)),
        )
        raw.executemany(
            "INSERT INTO enrollment (id, lead_id, policy, version, state, phase, entered_at)"
            " VALUES (?, ?, 'follow', 1, 'active', 'steps', ?)",
            ((n + 1, n + 1, entered(n)) for n in range(count)),
        )
        raw.executemany(
            "INSERT INTO touch (kind, enrollment_id, lead_id, policy, version, step, round, number, channel, state,"
            " due_at, handed_over_at, finished_at, created_at) VALUES ('touch', ?, ?, 'follow', 1, ?, 1, ?, 'email', ?,"
            " ?, ?, ?, ?)",
            (
                row
                for n in range(count)
                for row in (
                    (n + 1, n + 1, "s0", 1, "sent", entered(n), entered(n), entered(n), entered(n)),
                    (n + 1, n + 1, "s1", 2, "planned", now + 3 * day, None, None, entered(n)),
                )
            ),
        )


def previewed(enrollments: int) -> tuple[float, int]:
    """Seconds of one core, and how many enrollments are affected."""
    with tempfile.TemporaryDirectory() as name:
        office = office_in(Path(name))
        office = replace(office, desk=replace(office.desk, free_space_at=name))
        fill(office, enrollments)
        with office.store.read() as unit:
            script = Script(unit)
            known = script.take_policy(load_policy_text(policy(1), path=Path("follow.yaml")))
            effect_of(unit, office, script, known, script.drafts[known])  # libraries and tables are loaded once
            started = time.process_time()
            effect = effect_of(unit, office, script, known, script.drafts[known])
            seconds = time.process_time() - started
        office.store.close()
    return seconds, effect.affected


def measure(scale: float) -> Iterator[Figure]:
    """Seconds, of the goal for a million."""
    enrollments = max(1000, int(GOAL_ENROLLMENTS * scale))
    seconds, affected = previewed(enrollments)
    whole = seconds * GOAL_ENROLLMENTS / enrollments
    how = f"{enrollments} enrollments, {affected} affected, {seconds:.1f} s of one core, in proportion"
    name = "plan, what an edit does to a million"
    yield Figure(name=name, value=round(whole), floor=GOAL_SECONDS, at_most=True, unit="s", how=how)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", type=Path)
    parser.add_argument("--enrollments", type=int, default=GOAL_ENROLLMENTS // 100)
    options = parser.parse_args(argv)
    seconds, affected = previewed(options.enrollments)
    whole = seconds * GOAL_ENROLLMENTS / options.enrollments
    figures: dict[str, object] = {
        "enrollments": options.enrollments,
        "affected": affected,
        "seconds": round(seconds, 2),
        "seconds_for_a_million": round(whole, 1),
        "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "share_of_goal": round(whole / GOAL_SECONDS, 2),
    }
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
