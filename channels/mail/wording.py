"""The few sentences that a mail carries beside its news, by language."""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Sentences of a footer."""

    unsubscribe: str
    complain: str
    browser: str
    choose: str
    phone: str


_WORDINGS = {
    "en": Wording(
        unsubscribe="Unsubscribe",
        complain="Not satisfied? Tell us, we will put it right",
        browser="Read this in the browser",
        choose="Choose what you get",
        phone="Phone",
    ),
    "fi": Wording(
        unsubscribe="Peruuta viestit",
        complain="Jokin pielessä? Kerro meille, niin korjaamme asian",
        browser="Lue selaimessa",
        choose="Valitse, mitä saat",
        phone="Puhelin",
    ),
    "sv": Wording(
        unsubscribe="Avsluta utskicken",
        complain="Inte nöjd? Berätta för oss så rättar vi till det",
        browser="Läs i webbläsaren",
        choose="Välj vad du får",
        phone="Telefon",
    ),
    "de": Wording(
        unsubscribe="Abmelden",
        complain="Nicht zufrieden? Sagen Sie es uns, wir bringen es in Ordnung",
        browser="Im Browser lesen",
        choose="Auswählen, was Sie bekommen",
        phone="Telefon",
    ),
    "fr": Wording(
        unsubscribe="Se désabonner",
        complain="Pas satisfait ? Dites-le-nous, nous y remédierons",
        browser="Lire dans le navigateur",
        choose="Choisir ce que vous recevez",
        phone="Téléphone",
    ),
    "es": Wording(
        unsubscribe="Darse de baja",
        complain="¿No está satisfecho? Díganoslo y lo arreglaremos",
        browser="Leer en el navegador",
        choose="Elegir lo que recibe",
        phone="Teléfono",
    ),
    "it": Wording(
        unsubscribe="Annulla l'iscrizione",
        complain="Non è soddisfatto? Ce lo dica, rimedieremo",
        browser="Leggi nel browser",
        choose="Scegli cosa ricevere",
        phone="Telefono",
    ),
    "nl": Wording(
        unsubscribe="Afmelden",
        complain="Niet tevreden? Laat het ons weten, dan lossen we het op",
        browser="Lees in de browser",
        choose="Kies wat u krijgt",
        phone="Telefoon",
    ),
    "ru": Wording(
        unsubscribe="Отписаться",
        complain="Что-то не так? Скажите нам, и мы всё исправим",
        browser="Открыть в браузере",
        choose="Выбрать, что получать",
        phone="Телефон",
    ),
    "zh": Wording(
        unsubscribe="退订",
        complain="有不满意的地方？请告诉我们，我们会解决",
        browser="在浏览器中阅读",
        choose="选择您要接收的内容",
        phone="电话",
    ),
    "fil": Wording(
        unsubscribe="Itigil ang mga mensaheng ito",
        complain="May problema ba? Sabihin ninyo sa amin at aayusin namin",
        browser="Basahin sa browser",
        choose="Piliin kung ano ang matatanggap",
        phone="Telepono",
    ),
}
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})


@lru_cache(maxsize=64)
def wording_for(language: str) -> Wording:
    """The sentences of a BCP 47 tag's language; English where we have none."""
    return _WORDINGS.get(language.partition("-")[0].lower(), _WORDINGS["en"])


def direction_of(language: str) -> str:
    """`rtl` or `ltr`, for the `dir` of a page."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
