"""Opting out by mail: to the unsubscribe address, or by a command above the quote; never by a quoted word."""

import re
from collections.abc import Iterator

from channels.inbound.keywords import MAIL_STOP_WORDS, normalise
from channels.inbound.letter import Letter
from channels.inbound.machines import is_automatic_reply
from channels.inbound.objections import OBJECTS, OTHER_MATTER
from channels.inbound.person_words import WANTS
from channels.inbound.senders import sender_address
from channels.inbound.wishes import adds_nothing, asks_to_be_left_out, stops_politely

_SHORT = 160  # characters of new text that can be a command
_A_NAME = 3  # words of one
_BARE = 6  # words of a request that says nothing else
_LETTER = 1500  # characters of a letter in which somebody objects by law
_GREETING = re.compile(
    r"(?:HI|HELLO|HEY|DEAR|HALLO|GUTEN (?:TAG|MORGEN|ABEND)|MOIN|GOOD (?:MORNING|AFTERNOON|EVENING)|BONJOUR|HOLA"
    r"|BUONGIORNO|CIAO|OLA|HEI|MOI|HEJ|DAG|DZIEN DOBRY)\b ?"
)
_OUTRIGHT = re.compile(
    r"\bUNSU(?:B?SCRI|BCRI|BSRI|BSCI)B"
    r"|\bTHIS (?:(?:MAILING |E ?MAIL |DISTRIBUTION )?LIST|SEQUENCE|(?:E ?MAIL )?CAMPAIGN)\b|\b(?:MY|MEINE|MES|MIS"
    r"|MIEI|MIJN|MINA|MINE)"
    r" (?:PERSONAL )?"
    r"(?:DATA|DETAILS|ADDRESS|DATEN|DONNEES|DATOS|DATI|GEGEVENS|UPPGIFTER|OPLYSNINGER)\b|\w{4,}TIETO(?:NI|MME)\b"
    r"|\b(?:YOUR|MAILINGS?|DISTRIBUTION|E ?MAILS?|MAILS|NEWSLETTER|IHRE[MNR]?|EUREM|VERTEILER|VOTRE|VOS"
    r"|SU|VUESTRA"
    r"|VOSTRA|SUA|UW|JULLIE|ERA?|DERES|JERES|LISTALTA(?:NNE|SI)|WASZEJ|РАССЫЛК\w)\b"
)
_OTHER_LIST = re.compile(
    r"\b(?:WAIT\w*|GUESTS?|ATTENDEE\w*|PARTICIPANT\w*|SPEAKER\w*|PRICE|SHOPPING|WARTE\w*|GASTE\w*|TEILNEHMER\w*"
    r"|D ?ATTENTE"
    r"|INVITES|ESPERA|INVITADOS|ATTESA|INVITATI|WACHT\w*|VANTE\w*|GAST\w*|VENTE\w*|JONO\w*|VIERAS\w*) ?LIST\w*"
    r"|LISTA? (?:OF|DE|DES|D)\b(?! (?:VOCES|USTEDES|VOUS|E ?MAIL|MAIL|CORREO|DISTRIB|DIFF?US|ENVI|CONTA|NEWS))"
)
_AND = re.compile(r" (?:AND|UND|ET|Y|E|EN|OCH|OG|JA|I|ORAZ|И) ")
_REFUSES_AGAIN = re.compile(  # "never contact me again": of no single mail, but of us
    r"\b(?:CONTACT|EMAIL|E ?MAIL|WRITE|MAIL|BOTHER|SPAM)\w* (?:TO )?(?:ME|US)\b(?: (?!AT|ON|VIA|BY|UNDER)\w+){0,3}"
    r" (?:AGAIN|ANYMORE|EVER)\b"
    r"|\b(?:NEVER|NOT EVER)\b(?: \w+){0,2} (?:CONTACT|EMAIL|WRITE|MAIL|BOTHER)\w* (?:TO )?(?:ME|US)\b"
    r"|\b(?:STOP|CEASE|DESIST) (?:CONTACT|EMAIL|WRIT|MAIL|BOTHER|SPAMM|HARASS)ING"
    r" (?:ME|US|THIS ADDRESS|(?:MY|OUR) (?:EMPLOYEES|STAFF))\b"
    r"|\b(?:KONTAKTIER|SCHREIB|BELASTIG)\w*(?: SIE)? (?:MICH|MIR|UNS) (?:\w+ )?(?:NIE|NICHT) (?:WIEDER|MEHR)\b"
)
_CLAUSE = re.compile(r"[^.,;!?？\n。！]{1,400}[.,;!?？。！]*")
_PARTED = re.compile(r"[.,;!?\n。！，、？]+|\s[-–—]\s")
_TO_YOU = re.compile(  # "could you …?" asks for it; "unsubscribe?" only wonders
    r"\b(?:(?:CAN|COULD|WOULD|WILL) (?:YOU|SOME(?:ONE|BODY)|ANY(?:ONE|BODY))"
    r"|(?:KONNT|KONN|WURD)EN SIE|POURRIEZ|POUVEZ|PODRIAN?|PUEDEN?|POTE\w+|PODE\w*"
    r"|KUNT U|WILT U|ZOU U|KAN NI|KAN I|KAN DERE|VOI(?:SI)?TTEKO|MOZECIE|МОЖЕТЕ)\b"
)
_SENTENCE = re.compile(r"([^.!?。！]{1,1500})([.!?。！]|\Z)")
_REVERSED = re.compile(
    r"\b(?:not|don[’']?t|never|instead of|no need|nicht|pas|niet|inte|ikke|älkää|не)\b[^.!?,;\n]{0,20}"
    r"\b(?:unsubscri|stop|opt.{0,4} ?out|remove|abmeld|désabonn|afmeld|poista|отпис)",
    re.IGNORECASE,
)
_WHENCE = re.compile(  # where our list comes from: asked beside a request, it changes nothing
    r"\b(?:how (?:on earth )?(?:did|do|have) (?:you|u) (?:\w+ )?(?:get|got|have|obtain)|where (?:did|do) you (?:\w+"
    r" )?(?:get|have)"
    r"|who gave you|woher haben (?:sie|ihr)|(?:comment|où) avez-vous (?:eu|obtenu|trouvé)|d['’]où (?:tenez|avez|vient)"
    r"|de dónde (?:ha|sac|obt|tien)|cómo (?:ha|obtuv|consigu|tien)|(?:come|dove) avete (?:avuto|ottenuto|trovato|preso)"
    r"|(?:como|onde) (?:conseguiram|obtiveram|arranjaram)|hoe kom(?:t u|en jullie) aan|(?:var|hur) (?:fick|har) ni"
    r"|hvor(?:fra|dan)? (?:har|fik|fikk) (?:i|dere)|mistä saitte|skąd (?:mają|macie)|откуда (?:у вас|вы))\w*"
    r"[^.!?\n]{0,40}(?:address|mail|data|details|contact|adress|daten|courriel|coordonnées|correo|direcci"
    r"|datos|indirizzo"
    r"|dati|endereço|dados|gegevens|osoit|tieto|adres|dane|адрес|почт|данны)\w*[^.!?\n]{0,30}(?:[.!?]+|\n|$)"
    r"|\bhow (?:many times|often) (?:do|must|should) (?:i|we)\b[^.!?\n]{0,40}\?+",
    re.IGNORECASE,
)
_DECLINES = re.compile(  # "thanks, but this is not for us": its "but" makes no condition
    r"\A\W*(?:(?:no,? )?(?:thanks?|thank you)|(?:non,? )?merci|(?:nein,? )?danke|(?:no,? )?gracias|(?:no,? )?grazie"
    r"|obrigad[oa]|(?:nej,? )?tack|(?:nee,? )?(?:bedankt|dank u)|kiitos|dziękuj\w+|спасибо),? "
    r"(?:but|mais|aber|pero|ma|mas|men|maar|mutta|ale|но) (?:(?:this|it)(?:'s| is) not|ce n['’]est pas|das ist nichts"
    r"|no es|non fa|não é|det är inget|dat is niets|se ei ole|to nie|это не)[^.!?,;\n]{0,30}[.!?;\n]+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?<=[.!?\n])\s*(?:(?:kind|best|warm) regards|regards|sincerely|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|cordialement"
    r"|cordiali saluti|un saludo|atenciosamente|met vriendelijke groeten?|vänliga hälsningar|med venlig hilsen"
    r"|ystävällisin terveisin"
    r"|z poważaniem|с уважением)\b[^.!?]{0,60}$",
    re.IGNORECASE,
)
_TO_CONFIRM = re.compile(  # "and confirm it": no other matter
    r"(?:PLEASE |BITTE |UM |AND |UND )*(?:CONFIRM|BESTATIG\w*|BESTATIGUNG|CONFIRME[ZR]?|CONFIRMEN?|CONFERMA\w*"
    r"|BEVESTIG\w*"
    r"|BEKRAFTA|BEKR\w+|VAHVIST\w*|POTWIERD\w*|ПОДТВЕРДИТЕ)(?: \w+){0,8}"
)
_INSTRUCTS = re.compile(  # how to opt out, told to a reader
    r"\b(?:to|um|zum|pour|para|per|för att|for å|om|aby|чтобы)\b[^.!?\n]{0,40}(?:unsub|opt|abmeld|abzumeld|abbest"
    r"|désin|désab"
    r"|darse de baja|cancel|disiscri|descadast|afmeld|avreg|avmeld|wypis|отпис)[^.!?\n]{0,80}"
    r"\b(?:click|klick|cliqu|clic|visit|reply|follow|besuch|antwort|répond|responda|нажмите|klik)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_a-zà-ÿ][\w.'’-]{0,30},?[ \t]*){1,4}")
_CONDITION = re.compile(
    r"\b(?:BUT(?! NO THANK)|IF|UNLESS|EXCEPT|UNTIL|WHEN|ABER(?! NEIN)|WENN|SONDERN"
    r"|(?<!QUERO )(?<!DESEJO )(?<!RECEBER )(?<!ENVIEM )(?<!ENVIAR )(?<!ENVIE )(?<!MANDEM )(?<!MANDE )MAIS(?! *$)"
    r"|PERO|(?<!SA )(?<!TE )(?<!TI )MA(?! *$)"
    r"|MAS(?! (?:CORREOS?|E ?MAILS?|MENSAJES?|PUBLICIDAD|NO|POR|GRACIAS)|$)|MAAR|MEN|MUTTA|ALE|НО|ЕСЛИ)\b"
)
_MAILER_COMMAND = re.compile(r"^(?:unsubscribe|list-unsubscribe|opt-?out)\b[\s:_-]*[\w.+=@~-]{0,200}$", re.IGNORECASE)


def opt_out_reason(letter: Letter, *, written: str, to_unsubscribe: bool) -> str:
    """Which rule reads this mail as an opt-out; empty when none does. `written` is the text without quotes."""
    subject = letter.header("subject")
    if by_a_program(letter):
        return "unsubscribe: by the reader's program"
    if to_unsubscribe and not is_automatic_reply(letter):
        return "unsubscribe: to the unsubscribe address"
    written = _with_own_address_named(written, sender_address(letter))
    if _is_word(written):
        return "unsubscribe: the word above the quote"
    if _is_command(written):
        return "unsubscribe: a request above the quote"
    if _objects(written):
        return "unsubscribe: an objection above the quote"
    bare = not _REVERSED.search(written) and len(written) <= 2 * _SHORT
    wonders = subject.rstrip().endswith("?") and not _changes_nothing(normalise(written))
    if bare and not wonders and (_is_word(subject) or _MAILER_COMMAND.match(subject)):
        return "unsubscribe: subject"
    return "unsubscribe: subject" if bare and not written.strip() and _is_command(subject) else ""


def by_a_program(letter: Letter) -> bool:
    """Apple Mail writes for its user who pressed "unsubscribe", and says so; it calls itself an automatic reply."""
    return letter.header("x-apple-unsubscribe").strip().lower() == "true"


def _with_own_address_named(written: str, address: str) -> str:
    """ "Remove ann@customer.example" is "remove my address" where Ann says it; anybody else's address stays."""
    return re.sub(rf"<?{re.escape(address)}>?", "my address", written, flags=re.IGNORECASE) if address else written


def _objects(text: str) -> bool:
    """A sentence of their own objects to our marketing or takes a consent back, and nothing is asked or conditional."""
    if not text.strip() or len(text) > _LETTER:
        return False
    said = [normalise(one[1]) for one in _SENTENCE.finditer(text) if one[2] != "?"]
    plain = (one for one in said if not (_CONDITION.search(one) or OTHER_MATTER.search(one)))
    return any(OBJECTS.search(one) for one in plain)


def _is_word(text: str) -> bool:
    return len(text) <= _SHORT and normalise(text) in MAIL_STOP_WORDS


def _is_command(text: str) -> bool:
    """The whole short text is a request to be left out, with greeting, name and thanks at most, and no condition."""
    if len(text) > 2 * _SHORT:
        return False
    text = _DECLINES.sub("", _CLOSING.sub("", _without_whence(text)))
    if not text.strip() or _REVERSED.search(text) or _INSTRUCTS.search(text) or _CONDITION.search(normalise(text)):
        return False
    if len(text) > _SHORT:
        return _wishes_with_a_reason(text, at_once=True)
    if any(_wishes(candidate) for whole in _wholes(text) for candidate in _without_greeting(whole)):
        return True
    parts = _PARTED.split(_between_names(text))
    clauses = [said for clause in parts if (said := normalise(clause))]
    wishes = [said for said in clauses if _wishes(said) or stops_politely(said)]
    rest = [said for said in clauses if said not in wishes]
    return (bool(wishes) and all(map(_changes_nothing, rest))) or _wishes_with_a_reason(text)


def _between_names(text: str) -> str:
    """Without a line that greets somebody above it, and the name below."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = normalise(lines[0]) if len(lines) > 1 else ""
    greeting = _GREETING.match(said)
    if greeting and len(said[greeting.end() :].split()) <= _A_NAME:
        lines = lines[1:]
    if len(lines) > 1 and _NAME.fullmatch(lines[-1]) and not _wishes(normalise(lines[-1])):
        lines = lines[:-1]
    return "\n".join(lines)


def _changes_nothing(said: str) -> bool:
    return adds_nothing(said) or _TO_CONFIRM.fullmatch(said) is not None


def _without_whence(text: str) -> str:
    """Without "how did you get my address?"; a mere "delete it" after it means that address."""
    rest = _WHENCE.sub(" ", text)
    bare = _WHENCE.match(text.lstrip()) is not None and len(rest.split()) <= _BARE
    return re.sub(r"\bit\b", "my address", rest, flags=re.IGNORECASE) if bare else rest


def _wishes_with_a_reason(text: str, *, at_once: bool = False) -> bool:
    """One sentence or clause asks outright to be left out of our mails, and none asks for anything else. A longer text
    has to begin with it (`at_once`)."""
    sentences = [found[0] for found in _CLAUSE.finditer(text)]
    plain = [sentence for sentence in sentences if _wishes(said := normalise(sentence)) and _is_outright(said)]
    kindly = [sentence for sentence in plain if _TO_YOU.search(normalise(sentence))]
    asked = any(sentence.rstrip().endswith(("?", "？")) for sentence in sentences if sentence not in kindly)
    if not plain or asked or (at_once and sentences[0] not in plain):
        return False
    return not WANTS.search("".join(sentence for sentence in sentences if sentence not in plain))


def _is_outright(said: str) -> bool:
    return bool(_OUTRIGHT.search(said) or _REFUSES_AGAIN.search(said))


def _wholes(text: str) -> Iterator[str]:
    """The text as one line, and without a name or signature below it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    yield normalise(" ".join(lines))
    for end in range(1, len(lines)):
        if _NAME.fullmatch(lines[end]):
            yield normalise(" ".join(lines[:end]))
            return


def _wishes(said: str) -> bool:
    if said in MAIL_STOP_WORDS:
        return True
    halves = [(said[: found.start()], said[found.end() :]) for found in _AND.finditer(said[:400])]
    asks = asks_to_be_left_out(said) or any(all(map(asks_to_be_left_out, both)) for both in halves)
    return asks and not _OTHER_LIST.search(said)


def _without_greeting(said: str) -> Iterator[str]:
    """The words themselves, and without a greeting and the up to three words of a name after it."""
    yield said
    greeting = _GREETING.match(said)
    if greeting:
        words = said[greeting.end() :].split()
        yield from (" ".join(words[skipped:]) for skipped in range(min(4, len(words))))
