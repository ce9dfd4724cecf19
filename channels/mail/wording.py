"""The few sentences that a mail carries beside its news, by language."""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Sentences of a footer."""

    unsubscribe: str
    complain: str
    browser: str
    phone: str


_WORDINGS = {
    "en": Wording(
        unsubscribe="Unsubscribe",
        complain="Not satisfied? Tell us, we will put it right",
        browser="Read this in the browser",
        phone="Phone",
    ),
    "fi": Wording(
        unsubscribe="Peruuta viestit",
        complain="Jokin pielessä? Kerro meille, niin korjaamme asian",
        browser="Lue selaimessa",
        phone="Puhelin",
    ),
    "sv": Wording(
        unsubscribe="Avsluta utskicken",
        complain="Inte nöjd? Berätta för oss så rättar vi till det",
        browser="Läs i webbläsaren",
        phone="Telefon",
    ),
    "de": Wording(
        unsubscribe="Abmelden",
        complain="Nicht zufrieden? Sagen Sie es uns, wir bringen es in Ordnung",
        browser="Im Browser lesen",
        phone="Telefon",
    ),
    "fr": Wording(
        unsubscribe="Se désabonner",
        complain="Pas satisfait ? Dites-le-nous, nous y remédierons",
        browser="Lire dans le navigateur",
        phone="Téléphone",
    ),
    "es": Wording(
        unsubscribe="Darse de baja",
        complain="¿No está satisfecho? Díganoslo y lo arreglaremos",
        browser="Leer en el navegador",
        phone="Teléfono",
    ),
    "it": Wording(
        unsubscribe="Annulla l'iscrizione",
        complain="Non è soddisfatto? Ce lo dica, rimedieremo",
        browser="Leggi nel browser",
        phone="Telefono",
    ),
    "nl": Wording(
        unsubscribe="Afmelden",
        complain="Niet tevreden? Laat het ons weten, dan lossen we het op",
        browser="Lees in de browser",
        phone="Telefoon",
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
