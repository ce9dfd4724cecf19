"""What a text message wants: the first thing anybody asks of an SMS that comes in.

A clear keyword acts at once. What sounds like a stop, an insult or a threat without being one is UNCLEAR: the engine
pauses and a person reads it. Everything else is a reply, which stops the sequence anyway.
"""

import re
from difflib import SequenceMatcher
from enum import StrEnum

from channels.inbound.keywords import HELP_WORDS, START_WORDS, STOP_WORDS, normalise, unmasked
from channels.inbound.wishes import asks_only_to_stop, asks_to_be_left_out

_SHORT = 160  # characters; a longer text is a message, not a command
_SCRIPTS_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class SmsIntent(StrEnum):
    """What the sender wants of us."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    UNCLEAR = "unclear"
    REPLY = "reply"


# Matched on normalised text (upper case, no marks, single spaces).
_STOP_PHRASES = re.compile(
    r"\bSTOP (?:TEXTING|MESSAGING|CALLING|SMS|SENDING|SPAMMING|CONTACTING|THESE|ALL)\b|\bREMOVE (?:ME"
    r"|MY NUMBER|THIS NUMBER)\b|\bUNSUBSCRIBE\b|\bOPT (?:ME )?OUT\b|\bTAKE ME OFF\b|\b(?:DO NOT|DONT) (?:TEXT"
    r"|CONTACT|CALL|MESSAGE|SMS) (?:ME|US|THIS|AGAIN|ANY)"
    r"|\b(?:DO NOT|DONT) (?:TEXT|CONTACT|CALL|MESSAGE)$|\bLEAVE (?:ME|US) ALONE\b|\bLASS\w*(?: SIE)? (?:MICH"
    r"|UNS) IN RUHE\b|\bLAISSEZ (?:MOI|NOUS) TRANQUILLE"
    r"|\bDEJ[AE](?:N)?ME EN PAZ\b|\bLASCIATEMI IN PACE\b|\bLAAT (?:ME|ONS) MET RUST\b|\bLAMNA (?:MIG|OSS) I FRED\b"
    r"|\bJATTAKAA (?:MINUT|MEIDAT) RAUHAAN\b|\bZOSTAWCIE MNIE W SPOKOJU\b|\bОТСТАНЬТЕ\b|\bABMELDEN\b|\bKEINE (?:SMS"
    r"|WERBUNG|NACHRICHTEN)\b|\bNICHT MEHR (?:SCHREIBEN|ANRUFEN|KONTAKTIEREN)\b|\bNO MAS (?:SMS|MENSAJES)\b"
    r"|\bDARME DE BAJA\b|\bNE (?:ME )?(?:CONTACTEZ|ECRIVEZ) PLUS\b|\bPLUS DE (?:SMS|MESSAGES)\b"
    r"|\bNON (?:SCRIVETEMI|CONTATTATEMI|VOGLIO PIU)\b|\bNAO (?:ME )?(?:ENVIE|ENVIEM|MANDE|MANDEM|CONTATE)\b"
    r"|\bGEEN (?:SMS|BERICHTEN|RECLAME)\b|\bINGA FLER (?:SMS|MEDDELANDEN)\b|\bINGEN FLERE (?:SMS|BESKEDER"
    r"|MELDINGER)\b|\bEI ENAA (?:VIESTEJA|TEKSTIVIESTEJA)\b|\bALKAA (?:LAHETTAKO|SOITTAKO|LAHETELKO)\b"
    r"|\bPOISTAKAA (?:NUMERONI|MINUT)\b"
    r"|\bNIE (?:PISZCIE|WYSYLAJCIE|DZWONCIE)\b|\bНЕ (?:ПИШИТЕ|ЗВОНИТЕ|ПРИСЫЛАИТЕ|БЕСПОКОИТЕ)\b|不要再(?:发|發|联系"
    r"|聯絡|打)|别再发|別再發|送らないで|連絡しないで|\b(?:HUWAG|WAG) (?:NA|NYO"
    r"|MO)(?: \w+){0,3} (?:MAG ?TEXT|MAGTEXT|TUMAWAG"
    r"|TEXT|ITEXT)\b",
)
_HOSTILE = re.compile(
    r"\b(?:FUCK\w*|F OFF|PISS OFF|GO AWAY|SCAM\w*|SPAM\w*|HARASS\w*|LAWYER|LAWSUIT|SUE|POLICE|REPORT(?:ED"
    r"|ING)? YOU|SHUT UP|ASSHOLE\w*|BASTARD\w*|IDIOT\w*|BETRUG|BETRUGER|ANWALT|POLIZEI|HALT DIE|VERPISS\w*"
    r"|ARSCHLOCH|MERDE|ARNAQUE|AVOCAT|ESTAFA|POLICIA|ABOGADO|TRUFFA|AVVOCATO|GOLPE|POLITIE|OPLICHT\w*"
    r"|BEDRAGERI|POLIS|POLIISI|HUIJAUS|HUIJARI\w*|VITTU\w*|PERKELE|HELVETTI\w*|OSZUST\w*|POLICJA|KURWA"
    r"|МОШЕННИК\w*|ПОЛИЦИЯ|СПАМ|LOKO LOKO|MANLOLOKO|PULIS|PUTANG\w*|WHO IS THIS|HOW DID YOU GET MY NUMBER"
    r"|WRONG NUMBER|WRONG PERSON|FALSCHE NUMMER|VAARA NUMERO|FEL NUMMER|NUMERO EQUIVOCADO|MAUVAIS NUMERO"
    r"|NOT INTERESTED|KEIN INTERESSE|EI KIINNOSTA|INTE INTRESSERAD|NO ME INTERESA|PAS INTERESSE)\b|骗子|騙子|报警"
    r"|報警|詐欺|警察|スパム|骚扰|騷擾|打错了",
)
_STOPLIKE = frozenset({
    "STOP", "STOPP", "STOPALL", "STOPPEN", "UNSUBSCRIBE", "UNSUB", "OPTOUT", "ABMELDEN", "СТОП", "ARRET", "BAJA",
    "AFMELDEN", "LOPETA", "TIGIL", "ITIGIL", "HINTO",
})  # fmt: skip
# "Stop by at five", "stop worrying": the first word is not the command.
_AFTER_STOP_SENTENCE = re.compile(
    r"^(?:BY|AT|IN|OVER|WORRYING|FOR|THERE|HERE|BEFORE|AFTER|US|HIM|HER|THE|AND|OR|IF|WHEN|KIDDING|JOKING"
    r"|SIGN|WATCH|LOSS|ON|UP|VON|BEI|PAR|POR|PARA|EN|WHAT|MY|A|AN)\b"
)
_CONDITIONS = re.compile(
    r"\b(?:HOW(?: DO| CAN| TO|$)|IF YOU|IF I|DID I|DID YOU|WHY DID|CAN I STILL|WHEN I|WOULD|BEFORE|AFTER|UNTIL|UNLESS"
    r"|EXCEPT|BUT|TODAY|TONIGHT|TOMORROW|DURING|(?:ON|AT) (?:\w*\d\w*|\w+DAYS?))\b"
)
_NEGATED = re.compile(
    r"\b(?:DO NOT|DONT|NEVER|NO NEED TO|PLEASE DONT|CANT|WONT|NOT TO|NOT|NICHT|NE|NO|NON|NAO|NIET|INTE|IKKE"
    r"|EI|ALA|НЕ) (?:\w+ )?(?:STOP|STOPP|STOPPEN|UNSUBSCRIBE|REMOVE|ABMELDEN|OPT|PARAR|LOPETA|СТОП)\b|不要停止|別停"
)


def classify_sms(text: str) -> SmsIntent:
    """The intent of one incoming message (all its parts joined). Never raises."""
    said = normalise(text)
    if said in STOP_WORDS or unmasked(said) in STOP_WORDS or _misspelt(said):
        return SmsIntent.STOP
    if said in START_WORDS:
        return SmsIntent.START
    if said in HELP_WORDS:
        return SmsIntent.HELP
    if _asks_to_stop(said, length=len(text)):
        return SmsIntent.STOP
    if not said:
        return SmsIntent.REPLY
    return SmsIntent.UNCLEAR if _is_unclear(said, length=len(text)) else SmsIntent.REPLY


def _misspelt(said: str) -> bool:
    """ "UNSUSCRIBE" and its kin: one long word that can be nothing else."""
    return (
        8 < len(said) < 16
        and said.startswith("UN")
        and " " not in said
        and SequenceMatcher(None, said, "UNSUBSCRIBE").ratio() > 0.85
    )


def _asks_to_stop(said: str, *, length: int) -> bool:
    if length > _SHORT or _NEGATED.search(said):
        return False
    first, _, rest = said.partition(" ")
    if asks_to_be_left_out(said) or (asks_only_to_stop(said) and not _AFTER_STOP_SENTENCE.match(rest)):
        return True
    if first in _STOPLIKE and len(rest.split()) <= 4 and not _AFTER_STOP_SENTENCE.match(rest):
        return True
    return _STOP_PHRASES.search(said) is not None and not _about_others(said)


def _about_others(said: str) -> bool:
    """Talk about unsubscribing is no wish to: questions of how, and conditions."""
    return _CONDITIONS.search(said) is not None


def _is_unclear(said: str, *, length: int) -> bool:
    """Anger, threats, and stop words in a short text that is no command: a person should look first."""
    if _HOSTILE.search(said):
        return True
    if _NEGATED.search(said):
        return length <= _SHORT
    words = said.split()
    stops = any(word in _STOPLIKE for word in words)
    if stops and len(words) <= 4:
        return not (words[0] in _STOPLIKE and _AFTER_STOP_SENTENCE.match(" ".join(words[1:])))
    if _STOP_PHRASES.search(said):
        return True
    return bool(_SCRIPTS_WITHOUT_SPACES.search(said)) and any(word in said for word in ("退订", "退訂", "配信停止"))
