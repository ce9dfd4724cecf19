"""A lead's story in words: one line for each fact, indented under what it belongs to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from touches.explaining.rules import written

Told = Mapping[str, Any]


def tell(story: Told, shown: Any) -> str:
    """Everything for a terminal; `shown` makes a value readable (instants in the reader's zone)."""
    return "\n".join(_lines(story, shown))


def _lines(story: Told, shown: Any) -> Iterator[str]:
    clock = story["clock"]
    named = f" ({shown(story['name'])})" if story["name"] else ""
    yield f"{shown(story['lead'])}{named}"
    yield f"  clock    {clock['local_time']}: {clock['because']}"
    for reason in story["nothing_goes_because"]:
        yield f"  stopped  {shown(reason)}"
    for point in story["addresses"]:
        closed = point["broken"] or (f"opted out of {', '.join(point['opted_out'])}" if point["opted_out"] else "")
        yield f"  {point['kind']:<8} {shown(point['address'])}{f' - {shown(closed)}' if closed else ''}"
    if story["outside"]:
        yield ""
        yield "Urgent news, outside the policies:"
    for touch in story["outside"]:
        yield from _touch(touch, shown, when=touch["handed_over_at"] or touch["due_at"])
        yield from _as_of_now(touch.get("as_of_now"), shown)
    if not story["enrollments"]:
        yield "In no policy, and never was in one."
    for enrollment in story["enrollments"]:
        yield from _enrollment(enrollment, shown)
    if story["events"]:
        yield ""
        yield "Of the lead, whatever the policy:"
    for event in story["events"]:
        yield _event(event, shown, indent=2)
    if story["not_in"]:
        yield "Not in:"
    for answer in story["not_in"]:
        yield f"  {answer['policy']}@{answer['version']}: {shown(answer['because'])}  [{written(answer)}]"


def _enrollment(enrollment: Told, shown: Any) -> Iterator[str]:
    reason = f" ({shown(enrollment['reason'])})" if enrollment["reason"] else ""
    yield ""
    yield f"{enrollment['policy']}@{enrollment['version']}: {enrollment['state']}{reason}  [{written(enrollment)}]"
    current = enrollment["current_version"]
    if current is not None and current != enrollment["version"]:
        yield f"  new enrollments get version {current}"
    for event in enrollment["events"]:
        yield _event(event, shown, indent=2)
    for touch in enrollment["past"]:
        yield from _touch(touch, shown, when=touch["handed_over_at"] or touch["due_at"])
    for touch in enrollment["present"]:
        yield from _touch(touch, shown, when=touch["due_at"])
        yield from _as_of_now(touch.get("as_of_now"), shown)
    if enrollment["next"]:
        yield from _next(enrollment["next"], shown)


def _touch(touch: Told, shown: Any, *, when: datetime | None) -> Iterator[str]:
    news = f' with "{touch["news"]}"' if touch["news"] else ""
    reason = f" ({shown(touch['reason'])})" if touch["reason"] else ""
    round_ = f" round {touch['round']}" if touch["round"] > 1 else ""
    number = f", touch {touch['number']}" if touch["number"] else ""
    version = f", version {touch['rule']['version']}" if touch["rule"]["version"] else ""
    yield f"  {shown(when)}  {touch['step']}{round_}{number} by {touch['channel']}{news}: {touch['state']}{reason}"
    yield f"    rule     {written(touch['rule'])}{version}"
    yield from _because(touch["because"], shown)
    for event in touch["events"]:
        yield _event(event, shown, indent=4)


def _because(because: Told, shown: Any) -> Iterator[str]:
    for name in ("due", "zone", "channel"):
        if because.get(name):
            yield f"    {name:<8} {shown(because[name])}"
    yield from _pairs("not by", because.get("channels_refused", ()), shown)
    for warning in because.get("law", ()):
        yield f"    law      warns: {shown(warning)}"
    if because.get("news"):
        yield f"    news     {shown(because['news'])}"
    yield from _pairs("not", because.get("news_considered", ()), shown)


def _pairs(word: str, pairs: Sequence[Sequence[str]], shown: Any) -> Iterator[str]:
    """A line for each reason, with all that it holds for."""
    names: dict[str, list[str]] = {}
    for name, reason in pairs:
        names.setdefault(reason, []).append(name)
    for reason, those in names.items():
        yield f"             {word} {shown(those)}: {shown(reason)}"


def _as_of_now(verdict: Told | None, shown: Any) -> Iterator[str]:
    if verdict is None:
        return
    news = f' with "{verdict["news"]}"' if verdict["verdict"] == "leaves" else ""
    to = f" to {shown(verdict['to'])}" if verdict.get("to") else ""
    reason = f": {shown(verdict['reason'])}" if verdict.get("reason") else ""
    yield f"    decided as things stand, for {shown(verdict['at'])}: it {verdict['verdict']}{to}{news}{reason}"
    if verdict["verdict"] == "is held" and verdict.get("channel"):
        yield f"             {shown(verdict['channel'])}"


def _next(coming: Told, shown: Any) -> Iterator[str]:
    if not coming["step"]:
        yield f"  then     nothing: {shown(coming['because'])}"
        return
    when = shown(coming["due_at"]) if coming["due_at"] else f"held ({shown(coming['reason'])})"
    yield f"  then     {coming['step']} by {coming['channel']}, {when}  [{written(coming['rule'])}]"
    yield from _because(coming["because"], shown)


def _event(event: Told, shown: Any, *, indent: int) -> str:
    by = f" by {event['actor']}" if event["actor"] != "engine" else ""
    return f"{' ' * indent}{shown(event['at'])}  {event['action']}{by}: {shown(event['because'])}"
