"""Days that an absence note names without a month: "until the 20th", "back in three days", "away for two weeks"."""

import re
from datetime import date, timedelta

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ein": 1, "eine": 1, "einer": 1,
    "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "un": 1, "une": 1, "una": 1, "deux": 2, "trois": 3, "quatre": 4,
    "dos": 2, "tres": 3, "cuatro": 4, "due": 2, "tre": 3, "quattro": 4, "um": 1, "uma": 1, "dois": 2, "duas": 2,
    "três": 3, "een": 1, "twee": 2, "drie": 3, "en": 1, "ett": 1, "et": 1, "två": 2, "to": 2, "kahden": 2, "viikon": 1,
    "неделю": 1, "две": 2, "два": 2, "три": 3, "dwa": 2, "trzy": 3, "tydzień": 1,
}  # fmt: skip
_DAYS = {
    1: r"days?|tag(?:en?)?|jours?|d[ií]as?|giorn[oi]|dagen|dagar|dag(?:e|er)?|päivä\w*|дн(?:я|ей)|день|dni|dzień",
    7: r"weeks?|wochen?|semaines?|semanas?|settiman[ae]|we(?:ek|ken)|veck(?:a|or)|uger?|uker?|viiko\w+|недел[юиь]"
    r"|tygodni\w*"
    r"|tydzień",
}
_HOW_MANY = r"(\d{1,2}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_AWHILE = re.compile(
    r"\b(?:for|in|after|within|für|nach|pour|pendant|dans|por|en|durante|per|fra|tra|daqui a|voor|gedurende|over|i"
    r"|om|på"
    r"|через|на|przez|za|the next|next|nächsten|prochaine?s|próxim[ao]s|prossim[ei])\s(?:the |les |las |los |le |i "
    r"|die "
    r"|den )?(?:next |coming |nächsten |kommenden |prochaine?s |próxim[ao]s |prossim[ei] |about |circa )?"
    rf"{_HOW_MANY}\s(?:(?P<days>{_DAYS[1]})|(?P<weeks>{_DAYS[7]}))\b",
    re.IGNORECASE,
)
_ABSENT = re.compile(  # what is told beside it: who is away, or will be back
    r"\b(?:out of (?:the )?office|away|out|on (?:leave|vacation|holidays?|pto)"
    r"|(?<!get )back|return\w*|im urlaub|nicht (?:im "
    r"büro"
    r"|da)|abwesend|zurück|absente?|en (?:congés?|vacances)|de retour|ausente|fuera|de vacaciones|regres\w+|volver\w*"
    r"|vuelvo|assente|in ferie|fuori|torn\w+|rientr\w+|de férias|afwezig|met vakantie|terug|borta|på semester|tillbaka"
    r"|på ferie|tilbage|tilbake|lomalla|palaan|в отпуске|вернусь|na urlopie|wracam|wrócę)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\b(?:until|till|back on|returning on|return on|through)\sthe\s(\d{1,2})(?:st|nd|rd|th)\b(?!\sof)"
    r"|\b(?:hasta|regreso|vuelvo|volveré|regresaré)\sel\s(?:día\s)?(\d{1,2})(?=[,.;!\s]*(?:$|[a-z]{5,}))(?!\s?(?:de"
    r"|del)\s)"
    r"|\b(?:até(?:\so)?|volto|retorno|no)\sdia\s(\d{1,2})\b(?!\sde\s|\s?/)"
    r"|\bjusqu['’]au\s(\d{1,2})(?=[,.;!]|\sinclus|$)|\bbis\s(?:zum|einschließlich)\s(\d{1,2})\.(?=\s?(?:[,;!]|$"
    r"|nicht|im\b))"
    r"|\bfino\sal\s(\d{1,2})(?=[,.;!]|$)|\btot(?:\sen\smet)?\sde\s(\d{1,2})e\b",
    re.IGNORECASE,
)


def lone_day(text: str, today: date) -> date | None:
    """The next 20th, where only "the 20th" is said behind "until" or "back on"."""
    found = _ALONE.search(text)
    if found is None:
        return None
    number = int(next(one for one in found.groups() if one))
    months = ((today.year + (today.month + ahead - 1) // 12, (today.month + ahead - 1) % 12 + 1) for ahead in range(3))
    days = (_day(year, month, number) for year, month in months)
    return next((day for day in days if day and day >= today), None)


def after_a_while(text: str, today: date) -> date | None:
    """The day by which who is away for two weeks is back at the latest."""
    found = _AWHILE.search(text)
    if found is None or not _ABSENT.search(text[max(0, found.start() - 60) : found.end() + 30]):
        return None
    many = int(found[1]) if found[1].isdigit() else _NUMBERS[found[1].lower()]
    return today + timedelta(days=many * (7 if found["weeks"] else 1))


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
