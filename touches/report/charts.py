"""Charts as plain SVG, light and dark, without scripts; PNG only where matplotlib is installed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TypeAlias

from touches.errors import FileError, MissingExtra

WIDTH, HEIGHT = 960, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 56, 64
COLOURS = ("#2563eb", "#d97706", "#059669", "#c026d3", "#dc2626", "#0891b2")
MARK = "#64748b"
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#334155}.title{font-size:17px;font-weight:600}"
    f".grid{{stroke:#cbd5e1;stroke-width:1}}.mark{{stroke:{MARK};stroke-width:1.5}}.back{{fill:#ffffff}}"
    "@media(prefers-color-scheme:dark){text{fill:#e2e8f0}.grid{stroke:#475569}.back{fill:#0f172a}}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBars:
    """One bar for each label, stacked from the values of each series."""

    title: str
    labels: Sequence[str]
    series: Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Step curves over a number axis with a band of uncertainty: (x, y, low, high), y from 0 to 1. `mark` draws a
    dashed line at an x, with a word."""

    title: str
    x_title: str
    curves: Mapping[str, Sequence[tuple[float, float, float, float]]]
    mark: tuple[float, str] | None = field(default=None)


Chart: TypeAlias = StackedBars | Steps


def check_chart(path: Path | None) -> None:
    """Refuse at once what could only fail after long work: an unknown ending, a missing part."""
    if path is None or path.suffix.lower() == ".svg":
        return
    if path.suffix.lower() != ".png":
        raise FileError(f'"{path}" ends in neither .svg nor .png: these two can be drawn.')
    from importlib.util import find_spec

    if find_spec("matplotlib") is None:
        raise MissingExtra("A PNG chart", "charts")


def write_chart(chart: Chart, path: Path) -> None:
    """Draw into a file; FileError when it cannot be written, MissingExtra for PNG without matplotlib."""
    check_chart(path)
    try:
        if path.suffix.lower() == ".svg":
            path.write_text(svg(chart), encoding="utf-8")
        else:
            _write_png(chart, path)
    except OSError as error:
        raise FileError.from_os(error, "write to") from None


def svg(chart: Chart) -> str:
    """The chart as a document."""
    body = _bars(chart) if isinstance(chart, StackedBars) else _steps(chart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(chart.title, quote=True)}"><style>{STYLE}</style>'
        f'<rect class="back" width="{WIDTH}" height="{HEIGHT}"/>'
        f'<text class="title" x="{LEFT}" y="28">{escape(chart.title)}</text>{"".join(body)}</svg>\n'
    )


def _bars(chart: StackedBars) -> list[str]:
    totals = [sum(values) for values in zip(*chart.series.values(), strict=True)] or [0]
    top = nice_top(max(totals))
    parts = [*_grid(top), *_legend(list(chart.series))]
    step = (WIDTH - LEFT - RIGHT) / max(len(chart.labels), 1)
    for place, label in enumerate(chart.labels):
        x, base = LEFT + place * step, 0.0
        for number, (name, values) in enumerate(chart.series.items()):
            if values[place]:
                parts.append(_bar(x, step, base, values[place], top, number, f"{label} {name}: {values[place]:g}"))
                base += values[place]
    every = max(1, len(chart.labels) // 12)
    for place in range(0, len(chart.labels), every):
        x = LEFT + (place + 0.5) * step
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">')
        parts.append(f"{escape(chart.labels[place][-5:])}</text>")
    return parts


def _bar(x: float, step: float, base: float, value: float, top: float, number: int, told: str) -> str:
    low, high = _y(base / top), _y((base + value) / top)
    return (
        f'<rect x="{x + step * 0.1:.1f}" y="{high:.1f}" width="{step * 0.8:.1f}" height="{low - high:.1f}" '
        f'fill="{COLOURS[number % len(COLOURS)]}"><title>{escape(told)}</title></rect>'
    )


def _steps(chart: Steps) -> list[str]:
    last = _last(chart)
    parts = [*_grid(1.0, percent=True), *_legend(list(chart.curves))]
    for number, points in enumerate(chart.curves.values()):
        colour = COLOURS[number % len(COLOURS)]
        band = _path(points, last, 3) + " L " + " L ".join(reversed(_corners(points, last, 2)))
        parts.append(f'<path d="{band} Z" fill="{colour}" opacity="0.15"/>')
        parts.append(f'<path d="{_path(points, last, 1)}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
    parts += [
        f'<text x="{_x(tick, last):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{tick}</text>'
        for tick in range(0, int(last) + 1, max(1, int(last) // 12))
    ]
    if chart.mark is not None:
        parts.append(_mark(_x(chart.mark[0], last), chart.mark[1]))
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 14}" text-anchor="middle">{escape(chart.x_title)}</text>')
    return parts


def _mark(x: float, word: str) -> str:
    beside, anchor = (x + 6, "start") if x < WIDTH * 3 / 4 else (x - 6, "end")
    return (
        f'<line class="mark" stroke-dasharray="5 4" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
        f'<text x="{beside:.1f}" y="{TOP + 14}" text-anchor="{anchor}">{escape(word)}</text>'
    )


def _last(chart: Steps) -> float:
    """Where the axis ends: at the last point, and not before the mark."""
    ends = [points[-1][0] for points in chart.curves.values() if points]
    return max([*ends, chart.mark[0] if chart.mark is not None else 0.0]) or 1.0


def _corners(points: Sequence[tuple[float, float, float, float]], last: float, place: int) -> list[str]:
    corners: list[str] = []
    before = None
    for point in points:
        if before is not None:
            corners.append(f"{_x(point[0], last):.1f} {_y(before):.1f}")
        corners.append(f"{_x(point[0], last):.1f} {_y(point[place]):.1f}")
        before = point[place]
    return corners


def _path(points: Sequence[tuple[float, float, float, float]], last: float, place: int) -> str:
    return "M " + " L ".join(_corners(points, last, place))


def _x(value: float, last: float) -> float:
    return LEFT + min(value / last, 1.0) * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _grid(top: float, *, percent: bool = False) -> list[str]:
    parts = []
    for quarter in range(5):
        y = _y(quarter / 4)
        label = f"{quarter * 25} %" if percent else f"{top * quarter / 4:g}"
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    return parts


def _legend(names: Sequence[str]) -> list[str]:
    parts, x = [], LEFT
    for number, name in enumerate(names):
        colour = COLOURS[number % len(COLOURS)]
        parts.append(f'<rect x="{x}" y="38" width="11" height="11" fill="{colour}"/>')
        parts.append(f'<text x="{x + 16}" y="48">{escape(name)}</text>')
        x += 30 + 8 * len(name)
    return parts


def nice_top(value: float) -> float:
    """A round number, the value or above, that parts into four."""
    top = 4.0
    while top < value:
        top *= 2 if str(top)[0] in "48" else 2.5
    return top


def _write_png(chart: Chart, path: Path) -> None:
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter

    figure = Figure(figsize=(WIDTH / 96, HEIGHT / 96), dpi=160)
    axes = figure.subplots()
    axes.set_title(chart.title)
    if isinstance(chart, StackedBars):
        base = [0.0] * len(chart.labels)
        for number, (name, values) in enumerate(chart.series.items()):
            axes.bar(chart.labels, values, bottom=base, label=name, color=COLOURS[number % len(COLOURS)])
            base = [low + value for low, value in zip(base, values, strict=True)]
        shown = range(0, len(chart.labels), max(1, len(chart.labels) // 10))
        axes.set_xticks(shown, labels=[chart.labels[place][-5:] for place in shown])
    else:
        for number, (name, points) in enumerate(chart.curves.items()):
            colour = COLOURS[number % len(COLOURS)]
            xs = [point[0] for point in points]
            axes.step(xs, [point[1] for point in points], where="post", label=name, color=colour)
            low, high = [point[2] for point in points], [point[3] for point in points]
            axes.fill_between(xs, low, high, step="post", alpha=0.15, color=colour)
        axes.set_xlabel(chart.x_title)
        axes.set_ylim(0, 1)
        axes.yaxis.set_major_formatter(PercentFormatter(1))
        if chart.mark is not None:
            axes.axvline(chart.mark[0], linestyle="--", linewidth=1, color=MARK)
            axes.text(chart.mark[0], 0.97, f" {chart.mark[1]} ", va="top", ha="right")
    if axes.get_legend_handles_labels()[0]:
        axes.legend()
    figure.savefig(path, format="png")
