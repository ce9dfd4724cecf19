"""A new workspace, and what is wrong with this one."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from touches.commands.options import app
from touches.commands.output import Document, Lines, Result, Table
from touches.errors import EXIT_CODES

MARKS = {"ok": "ok  ", "warn": "warn", "fail": "FAIL", "skipped": "-   "}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path(), metavar="[DIR]")
@click.option("--name", default="", help="Whose workspace it is.")
def init(folder: Path, name: str) -> Document:
    """Make a workspace in DIR (here, by default). It has settings, starter policies and news, a key, a database."""
    from touches.store.schema import upgrade
    from touches.workspace import create_workspace

    workspace = create_workspace(folder, name=name, prepare_database=upgrade)
    text = (
        f"A workspace is ready in {workspace.root}.\n"
        f"Next: edit touches.toml ([sender], [channels]), then `touches check` and `touches publish`."
    )
    return Document({"workspace": workspace.root, "settings": workspace.root / "touches.toml"}, text)


@click.command()
@click.option("--exit-codes", is_flag=True, help="Show what the exit codes mean, and look at nothing.")
@click.pass_context
def doctor(context: click.Context, exit_codes: bool) -> Result:
    """Look for what is wrong here. Asks the installation, settings, secrets, database, disk and ways out.

    Exits with 1 where something will not work; warnings alone are 0.
    """
    if exit_codes:
        rows = [{"code": code, "meaning": meaning} for code, meaning in EXIT_CODES.items()]
        return Table(("code", "meaning"), rows)
    from touches.doctor.visit import visit

    this = app(context)
    failed: list[bool] = []

    def answers() -> Iterator[Mapping[str, Any]]:
        for answer in visit(lambda: this.workspace, this.clock.now()):
            failed.append(answer.health == "fail")
            yield {
                "check": answer.check,
                "health": answer.health,
                "found": answer.found,
                "advice": answer.advice,
            }

    return Lines(answers(), _line, exit_code=lambda: int(any(failed)))


def _line(row: Mapping[str, Any]) -> str:
    advice = f"\n       {row['advice']}" if row["advice"] else ""
    return f"{MARKS[row['health']]}   {row['check']}: {row['found']}{advice}"


commands: tuple[click.Command, ...] = (init, doctor)
