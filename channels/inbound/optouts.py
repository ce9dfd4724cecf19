"""Opting out by mail: to the unsubscribe address, or by a command above the quote; never by a quoted word."""

import re
from collections.abc import Iterator

from channels.inbound.keywords import MAIL_STOP_WORDS, normalise
from channels.inbound.letter import Letter
from channels.inbound.machines import is_automatic_reply
from channels.inbound.stand_in_words import WANTS
from channels.inbound.wishes import adds_nothing, asks_to_be_left_out

_SHORT = 160  # characters of new text that can be a command
_GREETING = re.compile(
    r"(?:HI|HELLO|HEY|DEAR|HALLO|GUTEN TAG|BONJOUR|HOLA|BUONGIORNO|CIAO|OLA|HEI|MOI|HEJ|DAG|DZIEN DOBRY)\b ?"
)
_OUTRIGHT = re.compile(
    r"\bUNSUBSCRIBE|\b(?:YOUR|MAILING|DISTRIBUTION|E ?MAILS?|MAILS|NEWSLETTER|IHRE[MNR]?|EUREM|VERTEILER|VOTRE|VOS"
    r"|SU|VUESTRA"
    r"|VOSTRA|SUA|UW|JULLIE|ERA?|DERES|JERES|LISTALTA(?:NNE|SI)|WASZEJ|РАССЫЛК\w)\b"
)
_OTHER_LIST = re.compile(
    r"\b(?:WAIT\w*|GUESTS?|ATTENDEE\w*|PARTICIPANT\w*|SPEAKER\w*|PRICE|SHOPPING|WARTE\w*|GASTE\w*|TEILNEHMER\w*"
    r"|D ?ATTENTE"
    r"|INVITES|ESPERA|INVITADOS|ATTESA|INVITATI|WACHT\w*|VANTE\w*|GAST\w*|VENTE\w*|JONO\w*|VIERAS\w*) ?LIST\w*"
    r"|LISTA? (?:OF|DE|DES|D)\b(?! (?:E ?MAIL|MAIL|CORREO|DISTRIB|DIFF?US|ENVI|CONTA|NEWS))"
)
_REVERSED = re.compile(
    r"\b(?:not|don[’']?t|never|instead of|no need|nicht|pas|niet|inte|ikke|älkää|не)\b[^.!?\n]{0,20}"
    r"\b(?:unsubscri|stop|opt|remove|abmeld|désabonn|afmeld|poista|отпис)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_a-zà-ÿ][\w.'’-]{0,30},?[ \t]*){1,4}")
_CONDITION = re.compile(
    r"\b(?:BUT|IF|UNLESS|EXCEPT|UNTIL|WHEN|ABER|WENN|SONDERN|(?<!QUERO )(?<!DESEJO )(?<!RECEBER )MAIS|PERO|MA"
    r"|MAS(?! (?:CORREOS?|E ?MAILS?|MENSAJES?|PUBLICIDAD))|MAAR|MEN|MUTTA|ALE|НО|ЕСЛИ)\b"
)
_MAILER_COMMAND = re.compile(r"^(?:unsubscribe|list-unsubscribe|opt-?out)\b[\s:_-]*[\w.+=@~-]{0,200}$", re.IGNORECASE)


def opt_out_reason(letter: Letter, *, written: str, to_unsubscribe: bool) -> str:
    """Which rule reads this mail as an opt-out; empty when none does. `written` is the text without quotes."""
    subject = letter.header("subject")
    if to_unsubscribe and not is_automatic_reply(letter):
        return "unsubscribe: to the unsubscribe address"
    if _is_word(written):
        return "unsubscribe: the word above the quote"
    if _is_command(written):
        return "unsubscribe: a request above the quote"
    bare = not _REVERSED.search(written) and len(written) <= 2 * _SHORT
    if bare and (_is_word(subject) or _MAILER_COMMAND.match(subject)):
        return "unsubscribe: subject"
    return "unsubscribe: subject" if bare and not written.strip() and _is_command(subject) else ""


def _is_word(text: str) -> bool:
    return len(text) <= _SHORT and normalise(text) in MAIL_STOP_WORDS


def _is_command(text: str) -> bool:
    """The whole short text is a request to be left out, with greeting, name and thanks at most, and no condition."""
    if not text.strip() or len(text) > _SHORT or _REVERSED.search(text):
        return False
    if _CONDITION.search(normalise(text)):
        return False
    if any(_wishes(candidate) for whole in _wholes(text) for candidate in _without_greeting(whole)):
        return True
    clauses = [said for clause in re.split(r"[.,;!?\n。！，、？]+", text) if (said := normalise(clause))]
    wishes = [said for said in clauses if _wishes(said)]
    rest = [said for said in clauses if said not in wishes]
    return (bool(wishes) and all(adds_nothing(said) for said in rest)) or _wishes_with_a_reason(text)


def _wishes_with_a_reason(text: str) -> bool:
    """One sentence asks outright to be left out of our mails, and none asks for anything else."""
    sentences = [sentence for sentence in re.split(r"[.!\n。！]+", text) if sentence.strip()]
    plain = [said for sentence in sentences if _wishes(said := normalise(sentence)) and _OUTRIGHT.search(said)]
    return bool(plain) and "?" not in text and not WANTS.search(text)


def _wholes(text: str) -> Iterator[str]:
    """The text as one line, and without a name or signature below it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    yield normalise(" ".join(lines))
    for end in range(1, len(lines)):
        if _NAME.fullmatch(lines[end]):
            yield normalise(" ".join(lines[:end]))
            return


def _wishes(said: str) -> bool:
    return said in MAIL_STOP_WORDS or (asks_to_be_left_out(said) and not _OTHER_LIST.search(said))


def _without_greeting(said: str) -> Iterator[str]:
    """The words themselves, and without a greeting and the up to three words of a name after it."""
    yield said
    greeting = _GREETING.match(said)
    if greeting:
        words = said[greeting.end() :].split()
        yield from (" ".join(words[skipped:]) for skipped in range(min(4, len(words))))
