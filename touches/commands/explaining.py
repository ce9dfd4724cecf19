"""Why something happened to a lead, or did not."""

import click

from touches.commands.options import app
from touches.commands.output import Document


@click.command()
@click.argument("lead")
@click.pass_context
def why(context: click.Context, lead: str) -> Document:
    """Explain what happened to LEAD and what did not. Each decision with its rule (file, line, version), what was
    refused, what comes next.

    Urgent news outside the policies is told as well; for policies that the lead is not in, why not.
    """
    from touches.commands.people import found
    from touches.commands.plain import shown
    from touches.explaining.lead_story import explain
    from touches.explaining.telling import tell
    from touches.wiring import open_office

    this = app(context)
    office = open_office(this.workspace, this.store(), clock=this.clock)
    with office.store.read() as unit:
        lead_id = found(this, unit, lead).id
        story = explain(unit, office, lead_id, this.clock.now())
    return Document(story, tell(story, shown), prose=True)


commands = (why,)
