"""Whether a sentence asks to be left out of our mails and says nothing else: a closed vocabulary, in any order."""

import re
from collections import Counter
from collections.abc import Callable

from channels.inbound.further_wishes import readings
from channels.inbound.opt_out_phrases import PHRASES
from channels.inbound.opt_out_vocabulary import KINDS, SPEAKS_OF_YOU, UNSPACED, UNSPACED_CORE

_AT_MOST = 30  # words of one sentence
_FEW = 5
_I_CONTACT_YOU = re.compile("我们?(?:会|再|来)*(?:联系|聯繫)|(?:联系|聯繫)(?:您|你)")
_WE_WRITE = re.compile(r"\bNOT (?:BE )?(?:CONTACT|E ?MAIL|WRIT|MESSAG|MAIL|BOTHER)\w* (?:TO )?(?:YOU|HIM|HER|THEM)\b")
_POLITE = """
PLEASE PLS PLZ KINDLY OK NOW THANKS THANK YOU THX MERCI SVP SIL VOUS PLAIT BITTE DANKE POR PER FAVOR GRACIAS OBRIGADO
OBRIGADA GRAZIE FAVORE TACK TAK TAKK KIITOS PROSZE DZIEKUJE ПОЖАЛУИСТА СПАСИБО SALAMAT PO
"""
_COURTESY = frozenset(_POLITE.split())
_STOP = re.compile(  # no "quit", "pare" or "sluta": everyday words in a mail
    r"STOPP?|STOPPEN|STOPPING|ARRET(?:E|EZ|ER)|AUFHOREN|SMETT(?:ETE|ILA|ETELA)|PRZESTANCIE|LOPETTAKAA|ПЕРЕСТАНЬТЕ"
    r"|ПРЕКРАТИТЕ|СТОП"
)
_FIRST_PERSON = frozenset({"I", "WE", "ICH", "WIR", "JE", "IK", "JAG", "JEG", "Я", "МЫ"})


def asks_to_be_left_out(said: str) -> bool:
    """`said` is one sentence, normalised. True only where every word belongs to such a request, and together they make
    one; whoever says anything else besides is read by a person."""
    together = said.replace(" ", "")
    if UNSPACED_CORE.search(together) and UNSPACED.fullmatch(together):
        return True
    words = _words(said)
    if words and words[0] not in SPEAKS_OF_YOU and not _WE_WRITE.search(said) and _asks(words, _kinds):
        return True
    if said.split(" ", 1)[0] in SPEAKS_OF_YOU:
        return False
    return any(_asks(further, kinds_there) for further, kinds_there in readings(said))


def _asks(words: list[str], kinds_of: Callable[[str], frozenset[str]]) -> bool:
    if not words or len(words) > _AT_MOST:
        return False
    found = [kinds_of(word) for word in words]
    return all(found) and _is_request(Counter(kind for kinds in found for kind in kinds))


def asks_only_to_stop(said: str) -> bool:
    """A word for "stop" with nothing but courtesy and "me" around it: enough in a text message, not in a mail."""
    words = _words(said)
    found = [_kinds(word) for word in words]
    if not words or "stop" not in (found[0] | found[min(1, len(found) - 1)]):
        return False
    return all(kinds & {"stop", "filler", "more", "self"} for kinds in found) and words[0] not in _FIRST_PERSON


def stops_politely(said: str) -> bool:
    """ "Stop" and a word of courtesy: by mail, too. "Stop it" may speak of anything."""
    words = _words(said)
    left = [word for word in words if word not in _COURTESY]
    return 0 < len(left) <= len(words) <= _FEW and all(_STOP.fullmatch(word) for word in left)


def adds_nothing(said: str) -> bool:
    """A sentence, normalised, of mere courtesy, or without interest: beside a request it changes nothing."""
    together = said.replace(" ", "")
    if UNSPACED.fullmatch(together):
        return not _I_CONTACT_YOU.search(together)
    return all("filler" in _kinds(word) for word in _words(said))


def _words(said: str) -> list[str]:
    for pattern, one in PHRASES:
        said = pattern.sub(one, said)
    return said.split()


def _kinds(word: str) -> frozenset[str]:
    return frozenset(kind for kind, words in KINDS if words.fullmatch(word))


def _is_request(has: Counter[str]) -> bool:
    refuses = has["not"] > 0
    if _takes_away(has):
        return not (refuses or has["stop"])  # "do not remove me"
    if (refuses and has["stop"]) or (has["receive"] and not has["want"]):
        return False  # "do not stop sending"; "I do not get your mails any more"
    if has["stop"]:
        return bool(has["send"] or has["mail"])
    if has["want"]:
        if refuses and has["receive"] and has["contact"] and not has["mail"]:
            return True  # "I do not wish to be contacted"
        written_to = has["contact"] and has["self"]  # "I do not want you to write to me any more"
        return bool(refuses and (has["mail"] or (has["more"] and (has["receive"] or written_to))))
    return refuses and _about_mail(has)


def _takes_away(has: Counter[str]) -> bool:
    ours = has["self"] or has["list"] or (has["mine"] and has["address"])
    return bool(has["unsubscribe"] or (has["remove"] and ours))


def _about_mail(has: Counter[str]) -> bool:
    if has["contact"] and (has["self"] or has["more"]):
        return True
    return bool(has["more"] and (has["mail"] or has["send"])) or bool(has["send"] and has["mail"] > has["contact"])
