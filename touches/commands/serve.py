"""The web pages: serving them, who may log in, and what is entered at providers."""

import sys
from typing import TYPE_CHECKING, Any

import click

from touches.commands.options import App, app, dry_run
from touches.commands.output import Document, Table
from touches.commands.values import OneOf

if TYPE_CHECKING:
    from touches.web.site import Site

ROLES = ("viewer", "manager")


def _site(this: App) -> "Site":
    from touches.web.site import site_of
    from touches.wiring import open_office

    return site_of(this.settings, open_office(this.workspace, this.store(), clock=this.clock))


@click.command()
@click.option("--bind", default="", metavar="HOST:PORT", help="Where to listen, instead of [web] bind.")
@click.pass_context
def serve(context: click.Context, bind: str) -> None:
    """Serve the web pages until SIGTERM. Opt-out, preferences, complaints, callbacks, and the managers' dashboard.

    Works beside a running daemon. Put a proxy with TLS in front.
    """
    from touches.engine.metrics import metrics_text
    from touches.web.app import make_app
    from touches.web.server import run

    this = app(context)
    site = _site(this)
    web = this.settings.web
    address = _address(bind) if bind else (web.bind if web is not None else "")
    run(make_app(site, metrics=metrics_text), site.office, address, verbose=this.verbose, ready=_say_ready)


def _address(text: str) -> str:
    from touches.settings.values import listening_address

    try:
        return listening_address(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--bind") from None


def _say_ready(address: str) -> None:
    click.echo(f"Listening on {address}", err=True)


@click.group()
def web() -> None:
    """Who may log in to the web pages; addresses for providers."""


@web.command()
@click.pass_context
def addresses(context: click.Context) -> Document:
    """Show what to enter at the SMS provider. Also where the dashboard is. Keep the address with a token secret."""
    from touches.web.site import callback_addresses

    site = _site(app(context))
    return Document({"dashboard": f"{site.base_url}/", **callback_addresses(site.provider)})


@web.group()
def user() -> None:
    """People who may log in."""


def role_option(command: Any) -> Any:
    """`--role`, with what each may do."""
    text = "viewer: sees everything; manager: also decides what needs a person."
    return click.option("--role", type=OneOf(ROLES), default="viewer", show_default=True, help=text)(command)


def password_option(command: Any) -> Any:
    """`--password-stdin`, for scripts."""
    text = "Read the password from standard input, one line, instead of asking for it."
    return click.option("--password-stdin", is_flag=True, help=text)(command)


@user.command("add")
@click.argument("name")
@role_option
@password_option
@dry_run
@click.pass_context
def add_user(context: click.Context, name: str, role: str, password_stdin: bool, dry_run: bool) -> Document:
    """Let NAME log in. Asks for the password twice."""
    from touches.web.users import add

    this = app(context)
    password = _password(from_stdin=password_stdin)
    with this.store().write() as unit:
        add(unit, name, password, role=role, actor=this.actor, at=this.clock.now())
        if dry_run:
            unit.connection.rollback()
    return Document({"user": name, "role": role, "dry_run": dry_run}, f"{name} may log in as {role}.")


@user.command("password")
@click.argument("name")
@password_option
@dry_run
@click.pass_context
def change_password(context: click.Context, name: str, password_stdin: bool, dry_run: bool) -> Document:
    """Give NAME a new password; ends all their sessions."""
    from touches.web.users import set_password

    this = app(context)
    password = _password(from_stdin=password_stdin)
    with this.store().write() as unit:
        set_password(unit, name, password, actor=this.actor, at=this.clock.now())
        if dry_run:
            unit.connection.rollback()
    return Document({"user": name, "dry_run": dry_run}, f"{name} has a new password; older sessions are over.")


@user.command("role")
@click.argument("name")
@click.argument("role", type=OneOf(ROLES))
@dry_run
@click.pass_context
def change_role(context: click.Context, name: str, role: str, dry_run: bool) -> Document:
    """Make NAME a viewer or a manager; ends all their sessions."""
    from touches.web.users import set_role

    this = app(context)
    with this.store().write() as unit:
        set_role(unit, name, role, actor=this.actor, at=this.clock.now())
        if dry_run:
            unit.connection.rollback()
    return Document({"user": name, "role": role, "dry_run": dry_run}, f"{name} is a {role} now.")


@user.command("remove")
@click.argument("name")
@dry_run
@click.pass_context
def remove_user(context: click.Context, name: str, dry_run: bool) -> Document:
    """Take NAME's access away, from open sessions as well."""
    from touches.web.users import remove

    this = app(context)
    with this.store().write() as unit:
        remove(unit, name, actor=this.actor, at=this.clock.now())
        if dry_run:
            unit.connection.rollback()
    return Document({"user": name, "removed": True, "dry_run": dry_run}, f"{name} may not log in any more.")


@user.command("list")
@click.pass_context
def list_users(context: click.Context) -> Table:
    """Everybody who may log in."""
    from touches.web.users import user_rows

    with app(context).store().read() as unit:
        rows = list(user_rows(unit))
    return Table(("user", "role", "created_at", "changed_at"), rows, "Nobody may log in: touches web user add NAME")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return password


commands = (serve, web)
