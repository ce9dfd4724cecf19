"""The command line. Each module here is one group and is listed once, in cli.py.

To add commands, write `touches/commands/GROUP.py`:

    import click

    from touches.commands.options import app, dry_run
    from touches.commands.output import Document


    @click.command()
    @click.argument("lead")
    @dry_run
    @click.pass_context
    def pause(context: click.Context, lead: str, dry_run: bool) -> Document:
        '''Stop touching LEAD until `resume`.'''
        from touches.use_case import pause_lead          # heavy imports stand in here, never at the top

        store = app(context).store()
        return Document(pause_lead(store, lead, by=app(context).actor, dry_run=dry_run))


    commands = (pause,)

and add the module to the tuple in cli.py. `--json`, `--workspace`, `--as` and `--verbose` are added to every command by
the root, before and after the command's name; read them from `app(context)`. A command parses, calls one use case and
returns data (`touches.commands.output`); the root prints it as text or JSON. Errors are raised as `TouchesError`. The
first sentence of its help fits into the list of commands; options take the types of `touches.commands.values`, whose
refusals say what was meant; what changes something answers in a sentence (`touches.wording.counted`).
"""
