"""What a text message wants, word by word and language by language."""
# ruff: noqa: E501 - mails and messages keep their lines

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.inbound.keywords import STOP_WORDS, normalise
from channels.inbound.sms import SmsIntent, classify_sms

STOPS = """
STOP|Stop|stop.|STOP!!!| stop |"Stop"|s.t.o.p|ＳＴＯＰ|ST\u200bOP|🛑 STOP 🛑|STOPALL|Stop all|stop-all|UNSUBSCRIBE|Cancel|END|Quit|REVOKE|OPTOUT|Opt out|opt-out|REMOVE|TD
ARRET|Arrêt|arrêtez|Désabonner|STOPP|Stoppen|Abmelden|BAJA|Alto|No más|no mas|Cancelar|PARAR|Basta|Afmelden|Avsluta|LOPETA|lopeta!|Peru|SEIS|Seis!|СТОП|стоп.|Отписаться
退订|退訂|td|停止|HINTO|Tigil|ITIGIL|itigil po nyo|Avmeld|Slutt|Wypisz|配信停止|수신거부|Disiscrivi|Sair
Stop please|please stop|STOP texting me|stop messaging me!!|Please stop calling me|stop sms|remove me|Remove me from this list|please unsubscribe me|opt me out
take me off your list|do not text me again|don't contact me|Leave me alone|Bitte abmelden|keine SMS mehr|keine Werbung bitte|Hi, please unsubscribe|STOP bitte|Stop thanks|Не пишите мне|不要再发了
S T O P|S-T-O-P|sтop|STΟP|ѕтор|Stop.Stop.Stop|s\u00adt\u00ado\u00adp|ⓈⓉⓄⓅ|unsubcribe|UNSUSCRIBE|STOP ja soita|Paki stop na po|توقف|إلغاء|그만|DUR|İPTAL|ARRÊTEZ svp
En halua enää viestejä|отпишите меня|请退订|Nie pisz więcej|Nie chcę smsów|sluta sms:a mig|Lass mich in Ruhe|pare de me mandar mensagem|laissez-moi tranquille|ne m'envoyez plus rien|No more texts please
"""
STARTS = "START|start|Unstop|ALOITA|СТАРТ|Subscribe|Resume"
HELPS = "HELP|Info|help?|Hilfe|APUA|ohje|AIDE|Ayuda|帮助|ПОМОЩЬ"
REPLIES = """
we stop by at 5|Stop by at five please|end of month is fine|I will cancel my dentist so we can meet|Yes|ok|Tuesday at 10 works|The bus stop is next to our office, can you come there at nine?
Bitte rufen Sie mich an|Kiitos, tiistai sopii|Perussa|Seitsemän aikaan|Can we end the meeting at ten?|информация получена, спасибо|星期二可以|Is there a charge to cancel later?|👍||My quit date is May
Stop at the corner|Stop worrying|Stopped|Nonstop|I do not get your texts any more|send me a text|text me again|not now|quit smoking today
"""
UNCLEAR = """
fuck off|Who is this?|I will call the police|This is spam|scam!!|wrong number|don't stop|please do not unsubscribe me|I never asked for this, lawyer informed|Not interested|骗子|Это мошенники
Why did you unsubscribe me|how do I unsubscribe my colleague
You wrote reply STOP to opt out. how?|Please dont stop texting me|do not call me before 9|do not text me on Monday|bus stop 5|I can't stop laughing
"""


def _cases(text: str, intent: SmsIntent) -> list[tuple[str, SmsIntent]]:
    return [(case, intent) for line in text.strip("\n").splitlines() for case in line.split("|")]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        *_cases(STOPS, SmsIntent.STOP),
        *_cases(STARTS, SmsIntent.START),
        *_cases(HELPS, SmsIntent.HELP),
        *_cases(REPLIES, SmsIntent.REPLY),
        *_cases(UNCLEAR, SmsIntent.UNCLEAR),
    ],
)
def test_a_message_is_read_as(text: str, intent: SmsIntent) -> None:
    assert classify_sms(text) is intent


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_every_stop_word_stops_alone_but_never_inside_a_long_sentence(word: str) -> None:
    assert classify_sms(word.lower()) is SmsIntent.STOP
    long = f"Hello Aino, I wrote {word.lower()} in my notes. " + "We met on Monday and spoke about chairs. " * 4
    assert classify_sms(long) is not SmsIntent.STOP


@given(st.text(max_size=400))
def test_any_text_has_an_intent(text: str) -> None:
    assert classify_sms(text) in SmsIntent


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
