"""Whether anything can still reach a lead. Pure."""

from touches.model.people import KIND_FOR_CHANNEL, ContactPoint, Lead


def why_unreachable(lead: Lead) -> str:
    """Why nothing will ever reach a lead again: they had addresses, and none of them can be used on any channel, for
    good, at least one because it broke. Empty while there is a way, or nothing was known from the start: an address
    may still come."""
    broken = [point.broken for point in lead.points if point.broken]
    if not broken or any(_may_be_used(point) for point in lead.points):
        return ""
    return f"unreachable: {broken[-1]}"


def _may_be_used(point: ContactPoint) -> bool:
    """On some channel, set up today or not."""
    return any(point.kind in kinds and point.usable_for(channel) for channel, kinds in KIND_FOR_CHANNEL.items())
