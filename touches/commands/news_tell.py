"""News for one lead: `news tell`, a subcommand of `news`."""

import click

from touches.commands.at_work import changing, office_of, warn
from touches.commands.options import app, dry_run
from touches.commands.output import Document
from touches.commands.people import living


@click.command()
@click.argument("lead")
@click.argument("text")
@click.option("--headline", default="", help="In one line; the first line of TEXT by default.")
@click.option("--kind", default="", help="What sort of news; what the waiting touch asks for by default.")
@dry_run
@click.pass_context
def tell(context: click.Context, lead: str, text: str, headline: str, kind: str, dry_run: bool) -> Document:
    """Record a piece of news for LEAD alone. A touch that waits for something to say goes out with it."""
    from touches.care.finding_news import tell_one
    from touches.errors import did_you_mean

    this = app(context)
    kinds = this.settings.news.kinds
    if kind and kind not in kinds:
        raise click.BadParameter(f'there is no kind "{kind}".{did_you_mean(kind, kinds)}', param_hint="--kind")
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        person = living(this, unit, lead)
        item, warnings = tell_one(unit, office, person, text, actor=this.actor, headline=headline, kind=kind)
    warn(warnings)
    return Document({"lead": person.key, "news": item, "warnings": warnings, "dry_run": dry_run})
