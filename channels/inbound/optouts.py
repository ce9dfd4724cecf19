"""Opting out by mail: to the unsubscribe address, or by a command above the quote; never by a quoted word."""

import re
from collections.abc import Iterator

from channels.inbound.keywords import MAIL_STOP_WORDS, normalise
from channels.inbound.letter import Letter
from channels.inbound.machines import is_automatic_reply
from channels.inbound.stand_in_words import WANTS

_SHORT = 160  # characters of new text that can be a command
_GREETING = re.compile(
    r"(?:HI|HELLO|HEY|DEAR|HALLO|GUTEN TAG|BONJOUR|HOLA|BUONGIORNO|CIAO|OLA|HEI|MOI|HEJ|DAG|DZIEN DOBRY)\b ?"
)
_COURTESY = (
    r"(?:(?:PLEASE|PLS|BITTE|KINDLY|MERCI DE|POR FAVOR|PER FAVORE|ALSTUBLIEFT|SNALLA|OLKAA HYVA|PROSZE"
    r"|GRAAG|VENLIGST|VENNLIGST|PAKI|PAKIUSAP|ПОЖАЛУИСТА|请|IMMEDIATELY|NOW|JUST|I WANT TO|I WISH TO"
    r"|I WOULD LIKE TO|ID LIKE TO|CAN YOU"
    r"|COULD YOU|WOULD YOU)\s?){0,3}"
)
_THANKS = (
    r"(?: (?:THANKS|THANK YOU|THX|DANKE|VIELEN DANK|MERCI|GRACIAS|GRAZIE|OBRIGAD[OA]|BEDANKT|TACK|TAK"
    r"|TAKK|VENLIGST|VENNLIGST|PO|KIITOS|DZIEKUJE|СПАСИБО|PLEASE|BITTE|ASAP|NOW|IMMEDIATELY|REGARDS|(?:KIND"
    r"|BEST) REGARDS)(?: \w+){0,3})?"
)
_WISH = (
    r"(?:UNSUBSCRIBE(?: (?:ME|US|THIS (?:EMAIL ADDRESS|ADDRESS|EMAIL|ACCOUNT)|MY (?:ADDRESS|EMAIL)))?|(?:REMOVE"
    r"|DELETE"
    r"|TAKE) (?:ME|US|MY (?:EMAIL|ADDRESS|EMAIL ADDRESS|NAME)|THIS (?:EMAIL|ADDRESS))(?: OFF)?|OPT (?:ME )?OUT"
    r"|(?:STOP|QUIT|CEASE) (?:SENDING|EMAILING|MAILING|CONTACTING|WRITING|SPAMMING|THESE|ALL)(?: (?:ME|US"
    r"|TO ME|THESE|ALL|ANY|MORE|FURTHER|YOUR|EMAILS?|MAILS?|MESSAGES?)){0,5}"
    r"|(?:DO NOT|DONT) (?:EMAIL|MAIL|CONTACT|WRITE|SEND)(?: (?:TO|ME|US|ANY|MORE|FURTHER|EMAILS?|MAILS?"
    r"|MESSAGES?|AGAIN|ANYMORE)){1,6}|NO MORE (?:EMAILS?|MAILS?|MESSAGES?)"
    r"|(?:MELDEN SIE )?MICH (?:BITTE )?(?:ABMELDEN|AUSTRAGEN|ABZUMELDEN)|MELDEN SIE MICH (?:BITTE )?AB"
    r"|TRAGEN SIE MICH (?:BITTE )?AUS|(?:NEHMEN|STREICHEN|LOSCHEN|ENTFERNEN) SIE (?:MICH"
    r"|MEINE (?:E ?MAIL ?)?ADRESSE)|KEINE (?:WEITEREN )?(?:E ?MAILS?|MAILS?|WERBUNG"
    r"|NACHRICHTEN)(?: MEHR)?(?: SENDEN| SCHICKEN)?|NEWSLETTER ABBESTELLEN"
    r"|(?:ME |NOUS )?(?:RETIRER|ENLEVER|SUPPRIMER)|(?:RETIREZ|ENLEVEZ|SUPPRIMEZ) (?:MOI|NOUS|MON ADRESSE)"
    r"|(?:ME )?(?:DESABONNER|DESINSCRIRE)|(?:DESABONNEZ|DESINSCRIVEZ) MOI|NE (?:M ?ENVOYEZ"
    r"|ME CONTACTEZ) PLUS(?: (?:DE|DES|D|EMAILS?|MAILS?|MESSAGES?))*|(?:DEME|DARME|DENME) DE BAJA"
    r"|NO (?:ME )?ENVIEN? MAS(?: (?:CORREOS|EMAILS|MENSAJES))?|CANCELLATEMI|DISISCRIVETEMI|(?:DESCADASTREM?"
    r"|REMOVAM?) (?:ME|MEU EMAIL)|(?:MIJ )?(?:AFMELDEN|UITSCHRIJVEN)|SCHRIJF MIJ UIT"
    r"|AVREGISTRERA MIG|TA BORT MIG|AFMELD MIG|FJERN MIG|MELD MEG AV|FJERN MEG|POISTAKAA? (?:MINUT"
    r"|OSOITTEENI)|PERU (?:TILAUS|UUTISKIRJE)|EN HALUA (?:ENAA )?(?:NAITA )?(?:VIESTEJA|POSTIA"
    r"|SAHKOPOSTIA)(?: ENAA)?|(?:PROSZE )?(?:MNIE )?WYPISAC(?: MNIE)?|(?:PROSZE )?USUNAC MOJ ADRES"
    r"|ОТПИШИТЕ МЕНЯ|УДАЛИТЕ МЕНЯ|(?:БОЛЬШЕ )?НЕ (?:ПРИСЫЛАИТЕ|ПИШИТЕ|ОТПРАВЛЯИТЕ"
    r"|ШЛИТЕ)(?: МНЕ)?(?: БОЛЬШЕ)?(?: ПИСЕМ| ПИСЬМА)?"
    r"|请?(?:取消订阅|退订|取消訂閱|退訂)(?:邮件|郵件)?|请?(?:不要|别)再?(?:给我|向我)?(?:发送|发|寄)(?:邮件|信"
    r"|广告|短信)?了?"
    r"|(?:メールの?)?配信の?を?停止を?(?:して(?:くたさい|下さい)|希望(?:します|いたします)?|お願い(?:します"
    r"|いたします|致します))?"
    r"|(?:UNSUBSCRIBE|TANGGALIN)(?: PO| NYO| NINYO| NA){0,3} AKO)"
)
_FROM_LIST = (
    r"(?: (?:FROM|OF|OFF|VON|AUS|DE|DA|DI|DAL|DALLA|DALLE|DELLA|DES|DU|SA|VAN|AV|FRAN|FRA|Z|ИЗ"
    r"|ОТ)(?: \w+){0,6} (?:\w*LIST\w*|\w*MAIL\w*"
    r"|NEWSLETTERS?|DATABASE|CONTACTS?"
    r"|DISTRIBUTION|MESSAGES?|SUBSCRIPTIONS?|UPDATES|OFFERS|VERTEILER|CORREOS?|LETTRES?|HERE|THIS|IT|THESE"
    r"|ALL|РАССЫЛК\w)(?: \w+){0,3}"
    r"| \w*LISTALTA(?:NNE|SI)?| \w*LISTEN| \w*LISTAN| (?:ANYMORE|AGAIN|MORE|ENAA|MEHR|БОЛЬШЕ))?"
)
_MAILS = (
    r"(?: (?:\w+ ){0,4}(?:E ?MAILS?|MAILS?|MESSAGES?|NEWSLETTERS?|COMMUNICATIONS?|ADVERTISING|OFFERS?|NACHRICHTEN"
    r"|WERBUNG"
    r"|COURRIELS?|PUBLICITES?|CORREOS?|MENSAJES?|PUBLICIDAD|MESSAGGI|PUBBLICITA|MENSAGENS|BERICHTEN|RECLAME|UTSKICK"
    r"|REKLAM"
    r"|BREV|REKLAME|VIESTEJA|MAINOKSIA|POSTIA|SAHKOPOSTEJA|WIADOMOSCI|MAILI|REKLAM|ПИСЕМ|ПИСЬМА|РАССЫЛК\w|РЕКЛАМУ"
    r"|FROM YOU|THEM|THESE)(?: (?:FROM YOU|DE VOTRE PART|VON IHNEN|ANY ?MORE|AGAIN|MEHR|MEER|ERHALTEN|BEKOMMEN"
    r"|ONTVANGEN))*)"
)
_NOT_WANTED = (
    r"(?:(?:I |WE )?(?:NO LONGER|DO NOT|DONT) (?:WISH|WANT)(?: TO (?:RECEIVE|GET|BE SENT|HAVE))?"
    r"|(?:ICH |WIR )(?:MOCHTEN?|WILL|WOLLEN|WUNSCHEN?) KEINE|(?:JE |NOUS )?NE (?:SOUHAITE|VEUX|DESIRE|VOULONS"
    r"|SOUHAITONS)S?"
    r" PLUS RECEVOIR|NO (?:DESEO|QUIERO|DESEAMOS|QUEREMOS)(?: RECIBIR)?(?: MAS)?|NON (?:DESIDERO|VOGLIO|VOGLIAMO)"
    r"(?: PIU)?(?: RICEVERE)?(?: PIU)?|NAO (?:QUERO|DESEJO|QUEREMOS)(?: MAIS)?(?: RECEBER)?(?: MAIS)?|(?:IK "
    r"|WIJ )?WIL(?:LEN)?"
    r" GEEN|(?:JAG |VI )?VILL INTE(?: LANGRE)?(?: HA| FA)?|(?:JEG |VI )?(?:ONSKER|VIL) IKKE(?: LENGER| LAENGERE)?"
    r"(?: A MOTTA| AT MODTAGE| HA)?|EN HALUA(?: ENAA)?(?: VASTAANOTTAA)?|NIE CHCE(?:MY)?(?: WIECEJ"
    r"| JUZ)?(?: OTRZYMYWAC)?"
    r"|НЕ (?:ХОЧУ|ЖЕЛАЮ)(?: БОЛЬШЕ)?(?: ПОЛУЧАТЬ)?)" + _MAILS
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
_COMMAND = re.compile(f"{_COURTESY}(?:{_WISH}{_FROM_LIST}|{_NOT_WANTED}){_THANKS}")
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
    if not text.strip() or len(text) > _SHORT or "?" in text.rstrip(" ?!.\n") or _REVERSED.search(text):
        return False
    if _CONDITION.search(normalise(text)):
        return False
    if any(_wishes(candidate) for whole in _wholes(text) for candidate in _without_greeting(whole)):
        return True
    clauses = [said for clause in re.split(r"[.,;!\n]+", text) if (said := normalise(clause))]
    return (bool(clauses) and all(_wishes(said) for said in clauses)) or _wishes_with_a_reason(text)


def _wishes_with_a_reason(text: str) -> bool:
    """One sentence asks outright to be left out of our mails, and none asks for anything else."""
    sentences = [sentence for sentence in re.split(r"[.!\n]+", text) if sentence.strip()]
    plain = [said for sentence in sentences if _wishes(said := normalise(sentence)) and _OUTRIGHT.search(said)]
    return bool(plain) and not WANTS.search(text)


def _wholes(text: str) -> Iterator[str]:
    """The text as one line, and without a name or signature below it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    yield normalise(" ".join(lines))
    for end in range(1, len(lines)):
        if _NAME.fullmatch(lines[end]):
            yield normalise(" ".join(lines[:end]))
            return


def _wishes(said: str) -> bool:
    return said in MAIL_STOP_WORDS or (_COMMAND.fullmatch(said) is not None and not _OTHER_LIST.search(said))


def _without_greeting(said: str) -> Iterator[str]:
    """The words themselves, and without a greeting and the up to three words of a name after it."""
    yield said
    greeting = _GREETING.match(said)
    if greeting:
        words = said[greeting.end() :].split()
        yield from (" ".join(words[skipped:]) for skipped in range(min(4, len(words))))
