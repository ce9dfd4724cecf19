"""Out-of-office notes, acknowledgements and challenges in many languages, where headers keep silent about them.

A person may mention a holiday in a real answer: so a subject decides, or the opening words, never a word further down.
"""

import re

from channels.inbound import absence_words as words
from channels.inbound import acknowledgement_words as receipts
from channels.inbound import further_absences as further
from channels.inbound import person_words as present
from channels.inbound import stand_in_words as stand_in
from channels.inbound.replies import newest_lines, quotes_somebody
from channels.inbound.return_dates import names_a_return
from channels.inbound.system_subjects import answers_by_itself, confirms_arrival

_RHETORICAL = re.compile(r"(?:^|[.!:,;\n-]|(?<=\s))\s*(?:\w+ ){0,1}[A-ZÄÖÅ]\w+\s?\?(?=\s)")
_IN_A_WORD = re.compile(r"https?://\S+|(?<=[a-z0-9])\?(?=[a-z0-9])")
_A_NOTE = 8  # words of an opening; a shorter one is a person's line
_A_LONG_LINE = 40  # letters of it, for scripts that part no words
_A_TITLE = 60  # letters of a subject that says who is away
_A_CONFIRMATION = 16  # words of thanks with nothing besides
_ENOUGH = 2  # of the weights below; 3 where something speaks for a person


def absence_words(subject: str, body: str, *, typed: bool = False, threaded: bool = True) -> str:
    """Which words say that a machine stands in for an absent person; empty when none do.

    A mail that quotes what it answers, asks or wants something, or that somebody typed into a program on his desk or
    telephone (`typed`), is a person's, unless its words say "automatic reply" or all sound like a stand-in's. An answer
    that is not `threaded` comes of a script: people's programs name what they answer, so one sign is enough for it.
    """
    start = opening(body)
    talks = present.TALKS_ABOUT_IT.search(start) is not None
    if not subject.rstrip().endswith("?") and _titled(subject) and (":" in subject or not talks):
        return "words: subject"
    if talks or present.AWAITS.search(start):
        return ""
    if words.OPENING.search(start) and words.SAYS_AUTOMATIC.search(start):
        return "words: opening"
    if present.DELIVERS.search(start):
        return ""
    personal = typed or quotes_somebody(body) or _asks(start) or present.WANTS.search(start) is not None
    if personal:
        return "words: opening" if _weight(start) > _ENOUGH else ""
    weight = _weight(start)
    signs = weight + _hints(start)
    telling = weight > 0 or (signs > 0 and receipts.THANKED.search(start[:120]) is not None)
    scripted = telling and not threaded and words.ANSWER.match(subject) and len(start.split()) >= _A_NOTE
    return "words: opening" if signs + bool(scripted) >= _ENOUGH else ""


def _titled(subject: str) -> bool:
    tagged = words.TAGGED_SUBJECT.search(subject) and not words.ANSWER.match(subject)
    titled = not words.ANSWER.match(subject) and len(subject) <= _A_TITLE and "?" not in subject
    away = titled and (words.OPENING.search(subject) or further.FURTHER.search(subject))
    return bool(answers_by_itself(subject) or words.SUBJECT.search(subject) or tagged or away)


def _weight(start: str) -> int:
    """How much the opening sounds like an absence note: 2 for plain words, 1 for each of two weaker signs."""
    absent = words.OPENING.search(start) or further.FURTHER.search(start)
    plain = 2 * bool(absent) + 2 * bool(stand_in.STANDS_IN.search(start))
    rest = words.OPENING.sub(" ", start)  # the same words do not count twice
    return plain + len({found[0].lower()[:12] for found in stand_in.STANDS_IN_WEAKLY.finditer(rest)})


def _hints(start: str) -> int:
    """An absence in a word, and a day of return: 1 each, unless it is over already."""
    if present.IS_OVER.search(start):
        return 0
    return bool(stand_in.AWAY.search(start)) + names_a_return(start)


def acknowledges(subject: str, body: str, *, sender: str) -> bool:
    """A ticket system or a contact box confirms that something arrived, before any person read it."""
    start = _unquoted(body)[:1500]
    if present.AWAITS.search(start[:600]):
        return False
    ticket = bool(receipts.TICKET.search(subject) or receipts.TICKET.search(start))
    written = not (quotes_somebody(body) or _asks(start))  # nobody quotes or asks in a mere confirmation
    if receipts.CONFIRMED.search(start) and (ticket or written):
        return True
    if ticket and written and not words.ANSWER.match(subject) and receipts.CONFIRMED.search(subject):
        return True
    if written and (_says_when(start, ticket=ticket) or _only_thanks(start)):
        return True
    if receipts.NUMBERED.search(start) and written:
        return True
    if written and confirms_arrival(subject) and not receipts.MYSELF.search(start):
        return True
    if not receipts.THANKED.search(start[:600]) or not written:
        return False
    if ticket:
        return True
    if receipts.MYSELF.search(start):
        return False
    desk = receipts.ROLE.match(sender) is not None
    promised = receipts.PROMISED.search(start) or (desk and receipts.PROMISED_BY_DESK.search(start))
    return bool(promised) and (desk or not _sounds_personal(start))


def _says_when(start: str, *, ticket: bool) -> bool:
    """A desk says how long answers take: in words of its own, or beside the number of a ticket."""
    return bool(further.ALLOWS_TIME.search(start) or (ticket and further.WITHIN.search(start)))


def _only_thanks(start: str) -> bool:
    """Thanks and "we have received it", and nothing besides."""
    thanked = {found[0].lower()[:8] for found in receipts.THANKED.finditer(start[:600])}
    short = len(start.split()) <= _A_CONFIRMATION and not _sounds_personal(start)
    return len(thanked) > 1 and short and not receipts.MYSELF.search(start)


def _sounds_personal(start: str) -> bool:
    """Long, or it wants something: no contact box writes so."""
    return len(start.strip()) > 400 or present.WANTS.search(start) is not None


def _asks(start: str) -> bool:
    """A question that somebody wants answered: not the "Urgent?" or "Any questions?" before a telephone number, and
    not the mark inside an address of the web or inside a word that was garbled on its way."""
    rest = _IN_A_WORD.sub(" ", _RHETORICAL.sub(" ", start))
    return "?" in rest or "？" in rest


def scripted(subject: str, body: str, *, sender: str) -> str:
    """For a mail to the address that only our touch named, without a thread or a quote: no program that people write
    in answers so. One sign of a stand-in or a desk is enough, and none is needed for a note that is titled as an answer
    and wants nothing; empty when a person may have begun a mail of his own."""
    start = opening(body)
    if _asks(start) or present.WANTS.search(start) or present.TALKS_ABOUT_IT.search(start):
        return ""
    if _weight(start) + _hints(start):
        return "words: opening"
    desk = (receipts.THANKED, receipts.CONFIRMED, receipts.PROMISED, receipts.NUMBERED, receipts.PROMISED_BY_DESK)
    found = any(words_of.search(start) for words_of in desk) or receipts.TICKET.search(subject)
    if found and (receipts.ROLE.match(sender) or not receipts.MYSELF.search(start)):
        return "acknowledgement"
    return "words: an answer without a thread" if words.ANSWER.match(subject) and _is_a_note(start) else ""


def _is_a_note(start: str) -> bool:
    return len(start.split()) >= _A_NOTE or (not start.isascii() and len(start) >= _A_LONG_LINE)


def is_challenge(subject: str, body: str) -> bool:
    """Somebody's filter wants the sender to prove that he is a person."""
    text = " ".join(_unquoted(body)[:2000].split())
    return bool(receipts.CHALLENGE.search(subject) or receipts.CHALLENGE.search(text[:800])) and bool(
        receipts.CHALLENGE_ACT.search(text)
    )


def opening(body: str) -> str:
    """The first words that are no quote: what an absence note uses to say it."""
    return " ".join((newest_lines(body[:8000]) or _unquoted(body)).split())[:420]


def _unquoted(body: str) -> str:
    lines = body[:8000].splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith((">", "|")))
