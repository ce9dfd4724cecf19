"""The words by which people stop, start again or ask, in the languages of our leads; the same for SMS and mail.

Sources: the FCC's list, the defaults of Twilio, AWS and Telnyx, and the usual words of each language.
"""

import re
import unicodedata

_STOP = """
STOP; STOPALL; STOP ALL; UNSUBSCRIBE; CANCEL; END; QUIT; REVOKE; OPTOUT; OPT OUT; REMOVE; TD; REMOVE ME
UNSUB; STOP PUB; STOP PUBLICITE; DO NOT CONTACT; DO NOT EMAIL; DNC
STOP IT; STOP NOW; STOP SMS; STOP PLEASE; PLEASE STOP
ARRET; ARRETER; ARRETEZ; DESABONNER; DESABONNEMENT; DESINSCRIRE; DESINSCRIPTION; ME DESINSCRIRE
ME DESABONNER
STOPP; STOPPEN; ABMELDEN; ABMELDUNG; ABBESTELLEN; AUSTRAGEN
BAJA; ALTO; NO MAS; CANCELAR; PARAR; PARE; DARME DE BAJA; DAR DE BAJA; DESCADASTRAR; SAIR; REMOVER
BASTA; CANCELLA; CANCELLAMI; DISISCRIVI; DISISCRIVIMI; CANCELLAZIONE
AFMELDEN; UITSCHRIJVEN; STOPPEN AUB
AVSLUTA; AVREGISTRERA; AVPRENUMERERA; SLUTA; AVANMAL; AFMELD; FRAMELD; AVMELD; MELD AV; SLUTT
LOPETA; PERU; PERUUTA; SEIS; POISTA; POISTA LISTALTA; LOPETTAKAA
WYPISZ; WYPISZ MNIE; REZYGNUJE; ANULUJ
СТОП; ОТПИСАТЬСЯ; ОТПИСКА; ОТПИШИТЕ; ОТМЕНА; ХВАТИТ
退订; 退訂; 取消订阅; 取消訂閱; 停止; 不要再发; 拒收; 配信停止; 解除; 登録解除; 停止希望; 구독취소; 수신거부
HINTO; TIGIL; ITIGIL; IHINTO; TAMA NA; HUMINTO; 그만; 중지; IPTAL; DUR; توقف; إيقاف; إلغاء; הסר
"""

_START = """
START; UNSTOP; RESUME; SUBSCRIBE; OPTIN; OPT IN; ALOITA; JATKA; STARTA; СТАРТ; ВОЗОБНОВИТЬ; 订阅; 恢复
SIMULA; ALTA; ANMELDEN
"""
_HELP = """
HELP; INFO; AIUTO; AYUDA; AIDE; HILFE; APUA; OHJE; HJALP; HJAELP; HULP; POMOC; ПОМОЩЬ; СПРАВКА; 帮助; 幫助
ヘルプ; TULONG; AJUDA
"""
# Words that end a text-message dialogue but are everyday answers in a mail.
_ONLY_IN_SMS = """
CANCELAR; CANCELLA; PERUUTA; REZYGNUJE; PARAR; END; CANCEL; QUIT; TD; REVOKE; ALTO; BASTA; PARE; PERU; SEIS
SAIR; TAMA NA; 停止; 解除; 拒收; ОТМЕНА; ANULUJ; SLUTA; SLUTT; STOP IT; IPTAL; إلغاء
"""


def normalise(text: str) -> str:
    """NFKC, upper case, without diacritics, quotes, punctuation, emoji and invisible characters; single spaces.

    Letters of other scripts stay; Scandinavian and German letters lose their marks like everybody's.
    """
    text = unicodedata.normalize("NFKC", text[:2000]).casefold().upper()
    text = text.replace("Ø", "O").replace("Æ", "AE").replace("Ł", "L")
    text = re.sub(r"(?<=\w)['’`´.](?=\w)", "", text)
    decomposed = unicodedata.normalize("NFD", text)
    plain = "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")
    plain = unicodedata.normalize("NFC", plain)
    kept = (letter if unicodedata.category(letter)[0] in "LN" else _gap(letter) for letter in plain)
    return " ".join("".join(kept).split())


def unmasked(said: str) -> str:
    """Normalised text with its disguises taken off: letters spelled one by one, a word said over and over, and Cyrillic
    or Greek letters that look Latin (Unicode TR 39)."""
    words = said.split()
    if len(words) > 2 and all(len(word) == 1 for word in words):
        said = "".join(words)
    said = re.sub(r"^(\w{3,20}?)(?: ?\1){1,40}$", r"\1", said)
    return said.translate(_LOOKS_LATIN)


_LOOKS_LATIN = str.maketrans("АВЕКМНОРСТУХЅІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXSIJABEZHIKMNOPTYX")


def _gap(letter: str) -> str:
    """Format characters vanish, so that a hidden one inside a word does not split it; the rest separates."""
    return "" if unicodedata.category(letter) in {"Cf", "Cs", "Co"} else " "


def _words(text: str) -> frozenset[str]:
    return frozenset(normalise(word) for word in re.split(r"[;\n]", text) if word.strip())


STOP_WORDS = _words(_STOP)
START_WORDS = _words(_START)
HELP_WORDS = _words(_HELP)
MAIL_STOP_WORDS = STOP_WORDS - _words(_ONLY_IN_SMS)
