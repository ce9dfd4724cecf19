"""What commands about people share: who is meant, who changes something, what holds for rows that do not say."""

from typing import TYPE_CHECKING

from touches.commands.options import App

if TYPE_CHECKING:
    from touches.model.people import Lead
    from touches.people.draft import Defaults
    from touches.people.editing import Hand
    from touches.store.units import Unit


def defaults_of(this: App, *, segment: str = "", source: str = "") -> "Defaults":
    """What holds for rows that do not say."""
    from touches.people.draft import Defaults

    owners: dict[str, str] = {}
    for key, owner in this.settings.owners.items():
        owners |= {spelling.casefold(): key for spelling in (owner.name, owner.email)}
    owners |= {key.casefold(): key for key in this.settings.owners}
    return Defaults(
        country=this.settings.workspace.country,
        year=this.clock.now().astimezone(this.settings.zone).year,
        segment=segment,
        source=source,
        owners=owners,
    )


def hand_of(this: App) -> "Hand":
    """Who changes something now."""
    from touches.people.editing import Hand
    from touches.wiring import signer_of

    signer = signer_of(this.workspace)
    return Hand(signer=signer, defaults=defaults_of(this), now=this.clock.now(), actor=this.actor)


def found(this: App, unit: "Unit", key: str) -> "Lead":
    """The one lead that is meant."""
    from touches.people.finding import lead_of

    return lead_of(unit, key, country=this.settings.workspace.country)


def living(this: App, unit: "Unit", key: str) -> "Lead":
    """The one lead that is meant, to write something down of: not somebody who was erased."""
    from touches.people.finding import living_lead_of

    return living_lead_of(unit, key, country=this.settings.workspace.country)
