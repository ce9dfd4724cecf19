"""The command line of Touches: assembles the groups of commands. Everything else lives in touches.commands."""

import click

from touches.commands import (
    activities,
    care,
    complaints,
    database,
    demo,
    done,
    enrollments,
    explaining,
    inbound,
    leads,
    news,
    outbox,
    pausing,
    planning,
    policies,
    reports,
    running,
    serve,
    simulation,
    today,
    workspace,
)
from touches.commands.root import Root

SECTIONS = {
    "Workspace": (workspace, demo, database),
    "Policies and news": (policies, news),
    "People": (leads, activities, enrollments, pausing),
    "People's work": (today, done, care, complaints),
    "Looking ahead and back": (planning, simulation, explaining, reports),
    "The engine": (running, outbox, inbound, serve),
}


root = Root(
    name="touches",
    help="Follow up leads until they buy, answer or say stop; every touch with something new.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="A workspace is a folder with touches.toml; `touches init` makes one. All answers also as --json.",
)
click.version_option(package_name="touches", message="%(prog)s %(version)s")(root)
for section, modules in SECTIONS.items():
    for module in modules:
        root.add_all(section, module.commands)


def main() -> None:
    """Run the command line and exit with one of the codes of `touches doctor --exit-codes`."""
    root()


if __name__ == "__main__":
    main()
