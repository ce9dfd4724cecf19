"""The pool of news: what there is, what became of it, new pieces, a look at one as a lead would get it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from touches.commands.news_files import drafts_of
from touches.commands.news_preview import preview
from touches.commands.news_tell import tell
from touches.commands.options import App, app, dry_run
from touches.commands.output import Document, Table
from touches.commands.values import Whole

if TYPE_CHECKING:
    from touches.forecast.gap import Gap

LISTED = ("news", "kind", "state", "told", "to_tell", "answers", "purchases", "worth", "days_left", "headline")


@click.group()
def news() -> None:
    """The pool of news: what makes a touch worth making."""


@news.command("list")
@click.pass_context
def list_news(context: click.Context) -> Table:
    """List the pool. Of each piece: told to, still to tell, answers and purchases that followed, days left."""
    from touches.newsroom.listing import news_rows

    this = app(context)
    drafts = drafts_of(this)
    with this.store().read() as unit:
        rows = news_rows(unit, drafts, this.clock.now().date())
    return Table(LISTED, rows, "No news yet: `touches news new NAME` writes a file.")


@news.command()
@click.argument("name")
@click.pass_context
def show(context: click.Context, name: str) -> Document:
    """One piece of news in all its languages, with what became of it."""
    from policies.news import NewsItem
    from touches.commands.plain import shown
    from touches.errors import UnknownNews
    from touches.newsroom.listing import news_rows

    this = app(context)
    drafts = drafts_of(this)
    with this.store().read() as unit:
        rows = {row["news"]: row for row in news_rows(unit, drafts, this.clock.now().date())}
        stored = unit.catalog.news(withdrawn=True)
    if name not in rows:
        raise UnknownNews(name, rows)
    item = drafts.items.get(name) or NewsItem.model_validate_json(stored[name].document)
    texts = {language or "original": {"headline": t.headline, "body": t.body} for language, t in item.texts.items()}
    more = {"for": {c.field: c.text for c in item.for_}, "needs": item.needs, "answers_concerns": item.answers}
    lines = [
        f"{key.replace('_', ' ')}: {shown(value)}" for key, value in rows[name].items() if value not in ("", None, [])
    ]
    bodies = [f"\n[{language}] {text['headline']}\n{text['body'].strip()}" for language, text in texts.items()]
    return Document({**rows[name], **more, "texts": texts}, "\n".join([*lines, *bodies]))


@news.command()
@click.argument("name")
@click.option("--kind", default="", help="One of [news] kinds; default: what is wanted most.")
@click.option("--headline", default="", help="The news in one line.")
@click.option("--segment", multiple=True, help="Whom it concerns, may be repeated; default: who runs out.")
@click.option("--language", default="", help="Write a variant NAME.LANG.md instead.")
@click.option("--days", type=Whole(0, 36600), default=0, help="How many days it may be told.")
@click.pass_context
def new(
    context: click.Context, name: str, kind: str, headline: str, segment: tuple[str, ...], language: str, days: int
) -> Document:
    """Write a file for a new piece of news. Its front matter is filled in for the gap that `forecast` sees."""
    from datetime import timedelta

    from touches.errors import did_you_mean
    from touches.newsroom.writing import write_draft

    this = app(context)
    kinds = this.settings.news.kinds
    if kind and kind not in kinds:
        told = f'there is no kind "{kind}" ({", ".join(kinds)}).{did_you_mean(kind, kinds)}'
        raise click.BadParameter(told, param_hint="--kind")
    gap = _gap(this) if not (kind or segment or language) else None
    until = this.clock.now().date() + timedelta(days=days) if days else None
    path = write_draft(
        this.workspace.news,
        name,
        kind=kind or (gap.kind if gap else "") or kinds[0],
        headline=headline or name.replace("-", " ").capitalize(),
        segments=segment or (gap.segments if gap else ()),
        language=language,
        valid_until=until,
    )
    because = gap.because if gap else ""
    told = (
        f"Wrote {path}{f', since {because}' if because else ''}: say what is new, then `touches check` and `publish`."
    )
    return Document({"file": path, "because": because}, told)


def _gap(this: App) -> "Gap":
    from touches.forecast.gap import gap_of
    from touches.wiring import open_office

    office = open_office(this.workspace, this.store(), clock=this.clock)
    with office.store.read() as unit:
        office.library.refresh(unit)
        return gap_of(unit, office, this.clock.now())


@news.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", default="", help="The kind of the drafts; default: the first of [news] kinds.")
@dry_run
@click.pass_context
def import_news(context: click.Context, file: Path, kind: str, dry_run: bool) -> Table:
    """Draft files from an RSS or Atom feed, or a changelog. Nothing is published by it."""
    from touches.newsroom.feeds import read_entries
    from touches.newsroom.writing import write_draft

    this = app(context)
    rows: list[Mapping[str, Any]] = []
    taken = {path.stem for path in this.workspace.news.glob("*.md")}
    for entry in read_entries(file):
        known = (this.workspace.news / f"{entry.name}.md").exists()
        name = entry.name if known else _free_name(entry.name, taken)
        taken.add(name)
        if not known and not dry_run:
            write_draft(
                this.workspace.news,
                name,
                kind=kind or this.settings.news.kinds[0],
                headline=entry.headline,
                body=entry.body,
            )
        rows.append({"news": name, "headline": entry.headline, "written": not known and not dry_run})
    return Table(("news", "headline", "written"), rows, "Nothing to draft.")


def _free_name(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name


news.add_command(preview)
news.add_command(tell)
commands = (news,)
