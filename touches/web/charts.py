"""Charts as SVG without a text of their own: words and numbers stand beside them, where every screen can show them.

Colours come from the style sheet by class, so that charts follow light and dark.
"""

from collections.abc import Sequence

from markupsafe import Markup

COLUMN, GAP, HEIGHT = 10, 3, 100


def bar(value: float, most: float, *, kind: str = "main", part: float = 0) -> Markup:
    """One horizontal bar as wide as its box; `part` of it is drawn in the second colour."""
    whole = _share(value, most)
    second = _share(part, most)
    return Markup(
        '<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="c-track" width="1000" height="10"/>'
        '<rect class="c-{}" width="{}" height="10"/><rect class="c-second" width="{}" height="10"/></svg>'
    ).format(kind, whole, second)


def stack(parts: Sequence[tuple[str, float]], most: float) -> Markup:
    """Several amounts behind one another; each names the class of its colour."""
    pieces = Markup()
    at = 0
    for kind, value in parts:
        width = _share(value, most)
        pieces += Markup('<rect class="c-{}" x="{}" width="{}" height="10"/>').format(kind, at, width)
        at += width
    return Markup(
        '<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="c-track" width="1000" height="10"/>{}</svg>'
    ).format(pieces)


def columns(values: Sequence[float], *, label: str) -> Markup:
    """A column for each value; `label` says to those who cannot see it what it shows."""
    most = max(values, default=0)
    width = max(len(values) * (COLUMN + GAP) - GAP, 1)
    bars = Markup()
    for index, value in enumerate(values):
        tall = max(round(HEIGHT * value / most), 2) if most and value else 1
        kind = "c-main" if value else "c-track"
        bars += Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="1.5"/>').format(
            kind, index * (COLUMN + GAP), HEIGHT - tall, COLUMN, tall
        )
    return Markup(
        '<svg class="columns" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    ).format(width, HEIGHT, label, bars)


def _share(value: float, most: float) -> int:
    """Of a thousand; what is there at all can be seen."""
    return max(round(1000 * value / most), 4) if most and value else 0
