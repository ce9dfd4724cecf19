"""The news files of the workspace, for the commands of `news`."""

from typing import TYPE_CHECKING

import click

from touches.commands.options import App

if TYPE_CHECKING:
    from policies.news import NewsPool


def drafts_of(this: App) -> "NewsPool":
    """What the files say; what is wrong with them goes to stderr."""
    from policies.news_loader import load_news

    pool, findings = load_news(this.workspace.news)
    for finding in findings:
        click.echo(str(finding), err=True)
    return pool
