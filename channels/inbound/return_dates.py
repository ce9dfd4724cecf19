"""When somebody will be back, out of an absence note: dates in many languages, years left out, weekdays, "tomorrow".

The date is the one the note names ("until 5 August" and "back on 5 August" both give the 5th), in the future of `now`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from channels.inbound.day_counts import after_a_while, lone_day
from channels.inbound.day_names import MONTHS, WEEKDAYS

_TOMORROW = re.compile(
    r"\b(?:tomorrow|morgen|demain|mañana|domani|amanhã|imorgon|i morgon|i morgen|i morgon|huomenna|huomiseen"
    r"|jutro|jutra|завтра|bukas)\b|明日|明天",
    re.IGNORECASE,
)

# Before a date: "back on", "until". The first group outranks the second, both outrank a bare date.
_BACK = re.compile(
    r"(?:\bback\b|\breturn\w*|at my desk|(?:reply|respond|answer)(?: \w+)? from|re-?open\w*|rouvr\w+|riapr\w+"
    r"|reabr\w+|\bretur\b|\bresum\w+|available again|in the office (?:again )?(?:on|from)|öppnar|åpner|åbner|otwieramy"
    r"|(?:reply|respond|answer|get back)\w*(?: \w+){1,4} (?:on|from)|abrimos|dès|wieder|zurück|de retour|reviens"
    r"|reviendrai|rentre|reprendrai"
    r"|regres\w+|vuelv\w+|retorn\w+|volver\w*|reincorpor\w+|rientr\w+|torn\w+|sarò (?:di nuovo )?disponibile|volt\w+"
    r"|(?:estarei|estaré) de (?:volta|vuelta)|terug|weer (?:aanwezig|bereikbaar|op kantoor)|tillbaka|åter\b|tilbage"
    r"|tilbake|igen\b|wracam"
    r"|wrócę|powrót|powrocie|powrotu|ponownie|верну\w+|вернёмся|возвращ\w+|выйду|выхожу|снова|palaan|takaisin"
    r"|töissä jälleen|jälleen|tavoitettavissa|paikalla|babalik|balik|makakabalik|fr[åa]n och med|ab dem|à partir du"
    r"|a partir (?:del|de|do)|a partire dal|revin|întorc|επιστρ[έε]\w+|vrátím|vratím|vissza\w*|döne\w+|vanaf"
    r"|od dnia|начиная с|alkaen)[^.!?\n]{0,60}$",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:\buntil\b|\btill?\b|\bthrough\b|\bthru\b|\bto\b|\bbis\b|jusqu'?(?:au|à|a)?|\bau\b|hasta|\bal\b|έως|μέχρι|până"
    r"|fino al?l?|\baté\b|\btot(?: en met)?\b|\bt/m\b|t\.?o\.?m\.?|till och med|\btil(?: og med)?\b|t\.?o\.?m\.?"
    r"|\bdo\b|\bпо\b|\bдо\b|hanggang|\bи\b|[-–—~〜至到])[^.!?\n]{0,30}$",
    re.IGNORECASE,
)
_AFTER_BACK = re.compile(
    r"^[^。.\n]{0,16}?(?:に(?:戻|出社|復帰|帰)|より(?:出社|通常|業務)|から(?:出社|通常|業務)|(?:返回|回来|回來|回到"
    r"|恢复|上班|返岗|回复|答复|处理|回覆)|戻り|以降)",
    re.IGNORECASE,
)
_AFTER_UNTIL = re.compile(
    r"^(?:-ig\b|[^。.\n]{0,14}?(?:kadar|まで|까지|asti|saakka|為止|为止|之前|期间|間))", re.IGNORECASE
)
_BEGINS = re.compile(  # "from the 26th": the first day away, where another follows at once
    r"\b(?:vanaf|ab(?: dem)?|à partir du?|a partir (?:del|de|do)|från och med|fra og med|od(?: dnia)?|начиная с|alkaen)"
    r"\s(?:[^\W\d]{4,14},? )?$",
    re.IGNORECASE,
)
_TO_ANOTHER = re.compile(
    r"^\s?(?:t/m|tot(?: en met)?|bis|au|al|hasta|até|till?(?: och med)?|til(?: og med)?|do|по|до|[-–—])\s",
    re.IGNORECASE,
)
_FROM_DAY = re.compile(
    r"\b(?:ab|from|as of|on|am|vanaf|op|från|på|fra|od|с|в)(?: dem| the"
    r"| den)?\s{1,3}(?:[^\W\d]{4,14},? (?:den |the )?)?$",
    re.IGNORECASE,
)
_AFTER_AGAIN = re.compile(
    r"^[^.!?\n,\d]{0,24}\b(?:wieder|zurück|back|again|terug|weer|tillbaka|åter|tilbage|tilbake"
    r"|igen|igjen|ponownie|снова|melde|erreichbar|antworte|verfügbar|reply|respond|available|reachable)\b",
    re.IGNORECASE,
)
_CJK = re.compile(r"(?:(\d{4})\s?[年년./-]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]?")
_CJK_SPAN = re.compile(
    r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]?[^。\n]{0,6}?(?:から|부터|[-–—~〜～至到])\s?(\d{1,2})\s?[日号號일]"
)
_WEEK = re.compile(
    r"\b(?:uge|uke|vecka|veckan|week|kw|kalenderwoche|viikko|viikon|viikolla|vko)\.?\s?(\d{1,2})\b(?!\.\d)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d)(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.:/])(\d{1,2})([./-])\s?(\d{1,2})(?:\2\s?(20\d\d|\d\d)(?!\d)|(?(2)\.?)(?![\d/:]))")
_NAME = r"([A-Za-zÀ-žА-яёіїє'Ѐ-ӿŁ-źΐ-ώșțȘȚ]{3,14})"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?:ika-)?(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.|e|:e)?\s(?:(?:of|de|di|do|ng)\s|d')?{_NAME}\.?,?(?:\s(?:(?:de|del|do)\s)?(20\d\d))?"
)
_MONTH_FIRST = re.compile(rf"\b{_NAME}\.?\s(?:the\s)?(\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d)(?:,?\s(20\d\d))?")
_MONTH_SPAN = re.compile(  # December 12-20
    rf"\b{_NAME}\.?\s\d{{1,2}}(?:st|nd|rd|th)?\s?[-–—]\s?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:/]|\.\d)(?:,?\s(20\d\d))?"
)
_WEEKDAY_NAME = re.compile(
    r"[A-Za-zÀ-žА-яёіїєŁ-źΐ-ώșț]{5,14}(?:-feira)?|[月火水木金土日]曜|[星期周週]{1,2}[一二三四五六日]"
)
_BARE = 2
_YEAR = 12  # months
_SOON = timedelta(days=120)
_FARTHEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class _Named:
    day: date
    rank: int  # 0 back on, 1 until, _BARE none of them
    place: int


def return_date(text: str, *, now: datetime, sent_offset: str = "") -> date | None:
    """The day the note names, on or after the day of `now`; None when it names none, or only past ones.

    `sent_offset` is the zone of the Date header: a note from the Americas writes 8/5 for 5 August.
    """
    text = text[:8000]
    named = [found for found in _dates(text, now=now.date(), month_first=_month_first(text, sent_offset))
             if now.date() <= found.day <= now.date() + _FARTHEST]  # fmt: skip
    cued = [found for found in named if found.rank < _BARE]
    if cued:
        best = min(found.rank for found in cued)
        chosen = [found for found in cued if found.rank == best]
        return chosen[0].day if best == 0 else max(found.day for found in chosen)
    if named:
        return max(found.day for found in named)
    today = now.date()
    return lone_day(text, today) or _relative(text, today) or after_a_while(text, today)


def names_a_return(text: str) -> bool:
    """Whether some date or weekday in it stands behind words like "back on" or "until"."""
    text = text[:8000]
    if any(_rank(text, found) < _BARE for found, _ in _candidates(text, month_first=False, now=date.min)):
        return True
    return (_relative(text, date.min) or lone_day(text, date.min)) is not None


def _month_first(text: str, offset: str) -> bool:
    """Whether 8/5 is the fifth of August: by the sender's zone, or by a second date that cannot be anything else."""
    pairs = [(int(one), int(other)) for one, other in re.findall(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?!\d)", text)]
    if any(one <= _YEAR < other for one, other in pairs) and all(one <= _YEAR for one, _ in pairs):
        return True
    return bool(re.fullmatch(r"-0[4-9]\d\d|-10\d\d", offset)) and re.search(r"[äöåßéèñçã]", text) is None


def _dates(text: str, *, now: date, month_first: bool) -> Iterator[_Named]:
    for found, parts in _candidates(text, month_first=month_first, now=now):
        day = _make(*parts, now=now)
        if day:
            yield _Named(day, _rank(text, found), found.start())
    for found in _WEEK.finditer(text):
        rank = _rank(text, found)
        if rank < _BARE and (day := _of_week(int(found[1]), now=now, first=rank == 0)):
            yield _Named(day, rank, found.start())


def _of_week(week: int, *, now: date, first: bool) -> date | None:
    """The Monday or the Sunday of an ISO week, of this year or the next."""
    try:
        days = [date.fromisocalendar(year, week, 1 if first else 7) for year in (now.year, now.year + 1)]
    except ValueError:
        return None
    return next(day for day in days if day >= now)


def _candidates(text: str, *, month_first: bool, now: date) -> Iterator[tuple[re.Match[str], tuple[int, int, int]]]:
    """(match, (year or 0, month, day)) for every spelling."""
    for found in _ISO.finditer(text):
        yield found, (int(found[1]), int(found[2]), int(found[3]))
    for found in _CJK.finditer(text):
        yield found, (int(found[1] or 0), int(found[2]), int(found[3]))
    for found in _CJK_SPAN.finditer(text):
        begun, first, last = int(found[1]), int(found[2]), int(found[3])
        yield found, (0, begun % 12 + 1 if last < first else begun, last)
    yield from _by_name(text)
    for found in _NUMERIC.finditer(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4] or 0)
        american = found[2] == "/" and (month_first or second > 12) and first <= 12
        if found[2] == "-" and not year:
            continue
        month, day = (first, second) if american or _nearer(first, second, found[2], year, now) else (second, first)
        if year or _rank(text, found) < _BARE:
            yield found, (year + 2000 if 0 < year < 100 else year, month, day)


def _by_name(text: str) -> Iterator[tuple[re.Match[str], tuple[int, int, int]]]:
    """Dates whose month has a name; of "December 12-20" the last day, too."""
    for pattern, month_at, day_at in ((_DAY_FIRST, 2, 1), (_MONTH_FIRST, 1, 2), (_MONTH_SPAN, 1, 2)):
        for found in pattern.finditer(text):
            if month := MONTHS.get(found[month_at].lower()):
                yield found, (int(found[3] or 0), month, int(found[day_at]))


def _nearer(first: int, second: int, parted: str, year: int, now: date) -> bool:
    """Whether 12/5 without a year is soon as the fifth of December, and far away as the twelfth of May."""
    if year or parted != "/" or now == date.min:
        return False
    european, american = _make(0, second, first, now=now), _make(0, first, second, now=now)
    return european is not None and american is not None and american < now + _SOON < european


def _make(year: int, month: int, day: int, *, now: date) -> date | None:
    """A date; without a year the one nearest ahead, allowing for a note that is a few weeks old."""
    try:
        if year:
            return date(year, month, day)
        near = date(now.year, month, day)
        return near if near >= now - timedelta(days=60) else date(now.year + 1, month, day)
    except ValueError:
        return None


def _rank(text: str, found: re.Match[str]) -> int:
    before, after = text[max(0, found.start() - 80) : found.start()], text[found.end() : found.end() + 30]
    if _BEGINS.search(before) and _TO_ANOTHER.match(after):
        return _BARE
    if _AFTER_BACK.match(after) or (_FROM_DAY.search(before) and _AFTER_AGAIN.match(after)):
        return 0
    if _AFTER_UNTIL.match(after):
        return 1
    until, back = _UNTIL.search(before), _BACK.search(before)
    if back and not (
        until
        and until.start() > back.start()
        and re.search(r"bis|until|till|hasta|jusqu|fino|até|tot|do |до", until[0], re.IGNORECASE)
    ):
        return 0
    return 1 if until else _BARE


def _relative(text: str, now: date) -> date | None:
    """A weekday or "tomorrow" after a cue, when no date was named."""
    for found in _TOMORROW.finditer(text):
        if _rank(text, found) < _BARE:
            return now + timedelta(days=1)
    days = [found for found in _WEEKDAY_NAME.finditer(text) if found[0].lower() in WEEKDAYS]
    for found in days:
        number = WEEKDAYS[found[0].lower()]
        if not _spans(found, days) and _rank(text, found) < _BARE:
            return now + timedelta(days=(number - now.weekday() - 1) % 7 + 1)
    return None


def _spans(found: re.Match[str], days: list[re.Match[str]]) -> bool:
    """ "Monday to Friday" tells opening hours, not a return."""
    near = 8
    return any(0 < found.start() - other.end() <= near or 0 < other.start() - found.end() <= near for other in days)
