"""The few words and the date that a letter itself adds, in the language of its text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """`objection` and `complaint` hold `{where}`; `page` holds `{page}` and `{pages}`; `date` holds `{day}`,
    `{month}` (a name where `months` has the twelve, else a number) and `{year}`."""

    closing: str
    page: str
    objection: str
    complaint: str
    date: str
    months: str = ""


WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        "en": Wording(
            closing="Kind regards",
            page="Page {page} of {pages}",
            objection="If you do not want letters from us, tell us: {where}",
            complaint="Something is wrong? {where}",
            date="{day} {month} {year}",
            months="January February March April May June July August September October November December",
        ),
        "fi": Wording(
            closing="Ystävällisin terveisin",
            page="Sivu {page}/{pages}",
            objection="Jos et halua meiltä kirjeitä, kerro siitä: {where}",
            complaint="Jokin on vialla? {where}",
            date="{day}.{month}.{year}",
        ),
        "de": Wording(
            closing="Mit freundlichen Grüßen",
            page="Seite {page} von {pages}",
            objection="Wenn Sie keine Briefe von uns wünschen, sagen Sie es uns: {where}",
            complaint="Etwas stimmt nicht? {where}",
            date="{day}. {month} {year}",
            months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        ),
        "fr": Wording(
            closing="Cordialement",
            page="Page {page} sur {pages}",
            objection="Si vous ne souhaitez plus de courrier de notre part, dites-le-nous : {where}",
            complaint="Quelque chose ne va pas ? {where}",
            date="{day} {month} {year}",
            months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        ),
        "sv": Wording(
            closing="Med vänliga hälsningar",
            page="Sida {page} av {pages}",
            objection="Om du inte vill ha brev från oss, säg till: {where}",
            complaint="Är något fel? {where}",
            date="{day} {month} {year}",
            months="januari februari mars april maj juni juli augusti september oktober november december",
        ),
        "fil": Wording(
            closing="Lubos na gumagalang",
            page="Pahina {page} ng {pages}",
            objection="Kung ayaw ninyo nang tumanggap ng liham mula sa amin, sabihin sa amin: {where}",
            complaint="May problema ba? {where}",
            date="{month} {day}, {year}",
            months="Enero Pebrero Marso Abril Mayo Hunyo Hulyo Agosto Setyembre Oktubre Nobyembre Disyembre",
        ),
        "zh": Wording(
            closing="顺祝商祺",
            page="第 {page} 页，共 {pages} 页",
            objection="如果您不想再收到我们的信件，请告诉我们：{where}",
            complaint="有什么问题吗？{where}",
            date="{year}年{month}月{day}日",
        ),
        "ru": Wording(
            closing="С уважением",
            page="Страница {page} из {pages}",
            objection="Если вы не хотите получать от нас письма, сообщите нам: {where}",
            complaint="Что-то не так? {where}",
            date="{day} {month} {year} г.",
            months="января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        ),
    }
)

_AMERICAN_DATE = "{month} {day}, {year}"


def wording_for(language: str) -> Wording:
    """The words for a BCP 47 tag; English where we have none."""
    return WORDINGS.get(language.lower().partition("-")[0], WORDINGS["en"])


def long_date(day: date, language: str, country: str) -> str:
    """As a letter in that language writes it; ISO 8601 for a language without a table; in English the month
    goes first for readers in the United States."""
    base = language.lower().partition("-")[0] or "en"
    words = WORDINGS.get(base)
    if words is None:
        return day.isoformat()
    pattern = _AMERICAN_DATE if base == "en" and country == "US" else words.date
    month = words.months.split()[day.month - 1] if words.months else str(day.month)
    return pattern.format(day=day.day, month=month, year=day.year)
