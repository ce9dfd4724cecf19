"""Whose a message is: by signed mark, then by thread, then by sender and time, else a person decides. Pure."""

from datetime import timedelta

from touches.inbound.marks import Marks
from touches.inbound.values import By, Known, Mark, Match

LATELY = timedelta(days=60)  # a sender whom nothing reached for longer does not answer a touch


def match(marks: Marks, known: Known) -> Match:
    """Whose a message from a person or an absent person's machine is.

    The sender's address alone decides only where exactly one lead can be meant. Somebody else at the same domain, or
    one of several at one address, is for a person to tell: all who may be meant wait.
    """
    if known.ours:
        mark = _first(marks.addressed, known) or _first(marks.thread, known)
        lead_id = mark.lead_id if mark is not None else None
        return Match(by=By.SENDER, because="one of us wrote it", lead_id=lead_id, ours=True, mark=mark)
    signed = _by_mark(marks, known)
    return signed if signed is not None and signed.lead_id is not None else _by_sender(known)


def match_report(marks: Marks, known: Known) -> Match:
    """Whose a delivery or feedback report is: those are easily forged, so only a signed mark counts (RFC 3464, 4.1)."""
    for numbers, by in ((marks.addressed, By.TOKEN), (marks.quoted, By.TOKEN), (marks.thread, By.THREAD)):
        mark = _first(numbers, known)
        if mark is not None:
            return _marked(mark, by, known)
    return Match(by=By.NOBODY, because="a report without a mark of ours")


def match_number(known: Known) -> Match:
    """Whose a text message is: the networks vouch for the number, so it speaks for whoever has it."""
    return _by_sender(known)


def _by_mark(marks: Marks, known: Known) -> Match | None:
    asked = _first(marks.asked, known)
    if asked is not None:
        return Match(
            by=By.TOKEN,
            because="sent to the opt-out address of a touch",
            lead_id=asked.lead_id,
            touch_id=asked.touch_id,
            speakers=_only(asked.lead_id),
            mark=asked,
        )
    places = ((marks.addressed, By.TOKEN), (marks.thread, By.THREAD), (marks.quoted, By.QUOTE))
    for numbers, by in places:
        mark = _first(numbers, known)
        if mark is not None and (by is not By.QUOTE or mark.lead_id in known.writers or not known.writers):
            return _marked(mark, by, known)
    return None


def _marked(mark: Mark, by: By, known: Known) -> Match:
    because = {
        By.TOKEN: "our signed mark in its address or in the original",
        By.THREAD: "it answers a message of ours",
        By.QUOTE: "it quotes a message of ours",
    }[by]
    return Match(
        by=by,
        because=because,
        lead_id=mark.lead_id,
        touch_id=mark.touch_id,
        speakers=_speakers(mark, by, known),
        mark=mark,
    )


def _speakers(mark: Mark, by: By, known: Known) -> tuple[int, ...]:
    """A forwarded mail answered by another lead speaks for that lead alone; a mere quote speaks for nobody."""
    if mark.lead_id in known.writers:
        return _only(mark.lead_id)
    if known.writers:
        return known.writers
    return () if by is By.QUOTE else _only(mark.lead_id)


def _only(lead_id: int | None) -> tuple[int, ...]:
    return () if lead_id is None else (lead_id,)


def _by_sender(known: Known) -> Match:
    lately = [lead_id for lead_id in known.writers if lead_id in known.touched]
    meant = lately if len(lately) == 1 else known.writers
    if len(meant) == 1:
        because = "the only lead with this address" if len(known.writers) == 1 else "the only one touched lately"
        return Match(
            by=By.SENDER,
            because=because,
            lead_id=meant[0],
            touch_id=known.touched.get(meant[0]),
            speakers=(meant[0],),
        )
    if known.writers:
        return Match(
            by=By.NOBODY,
            because="several leads share this address",
            speakers=known.writers,
            may_be=tuple(lately or known.writers),
        )
    if known.colleagues:
        return Match(by=By.NOBODY, because="somebody else at the domain of a lead", may_be=known.colleagues)
    return Match(by=By.NOBODY, because="nobody known")


def _first(numbers: tuple[int, ...], known: Known) -> Mark | None:
    return next((known.marks[number] for number in numbers if number in known.marks), None)
