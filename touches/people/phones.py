"""Phone numbers as E.164. The usual spellings take a quick way that agrees with the phonenumbers library; the library
judges everything else."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any, Final

_MARKS: Final = dict.fromkeys(map(ord, " -()./\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"))
_DIGITS: Final = re.compile(r"[0-9]{4,17}")
_Matches = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A valid number, or (with an empty number) the `problem` with it. `extension` cannot be part of E.164."""

    number: str
    extension: str = ""
    problem: str = ""


@lru_cache(maxsize=65_536)
def phone_of(text: str, country: str) -> Phone:
    """The number that `text` means in `country` (ISO 3166-1 alpha-2)."""
    quick = quick_number(text, country)
    return Phone(number=quick) if quick else library_number(text, country)


def quick_number(text: str, country: str) -> str:
    """The E.164 form where this is certain without the library's parser, else empty: that means "ask the library"."""
    return _quick(text.translate(_MARKS), country)


def quick_numbers(texts: Sequence[str], countries: Sequence[str], home: str) -> list[str]:
    """`quick_number` of each text in its country, or at `home` where none is told. An empty text has none."""
    told = [country or home for country in countries] if countries else repeat(home)
    together = "\n".join(texts).translate(_MARKS).split("\n")
    if len(together) != len(texts):  # line breaks in a number
        together = [text.translate(_MARKS) for text in texts]
    return [_quick(digits, country) if digits else "" for digits, country in zip(together, told, strict=False)]


def _quick(digits: str, country: str) -> str:
    if digits[:1] == "+":
        return _international(digits[1:])
    plan = _region_plan(country)
    if plan is None or not _DIGITS.fullmatch(digits):
        return ""
    if plan.dials_00 and digits.startswith("00"):
        return _international(digits[2:])
    return plan.national(digits)


def library_number(text: str, country: str) -> Phone:
    """What the phonenumbers library makes of it."""
    import phonenumbers

    if len(text) > 60:
        return Phone(number="", problem="is too long for a phone number")
    try:
        parsed = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException as error:
        return Phone(number="", problem=_complaint(error.error_type, country))
    if text.lstrip().startswith(("+", "＋")) and not _begins_with(text, parsed.country_code or 0):
        return Phone(number="", problem="has a country code that does not exist")  # else it is read as dialled at home
    if not phonenumbers.is_valid_number(parsed):
        return Phone(number="", problem=_why_invalid(parsed, country))
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return Phone(number=number, extension=parsed.extension or "")


def _begins_with(text: str, code: int) -> bool:
    import phonenumbers

    return str(phonenumbers.normalize_digits_only(text)).startswith(str(code))


def _complaint(kind: int, country: str) -> str:
    from phonenumbers import NumberParseException as Problem

    if kind == Problem.INVALID_COUNTRY_CODE:
        return "has a country code that does not exist" if country else "has no country code, and no country is known"
    if kind == Problem.TOO_LONG:
        return "is too long for a phone number"
    if kind in {Problem.TOO_SHORT_NSN, Problem.TOO_SHORT_AFTER_IDD}:
        return "is too short for a phone number"
    return "is no phone number"


def _why_invalid(parsed: Any, country: str) -> str:
    import phonenumbers

    where = phonenumbers.region_code_for_country_code(parsed.country_code)
    where = country if where == "ZZ" else where
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        return f"is too short for {where}"
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        return f"is too long for {where}"
    return f"is not a number in use in {where}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _RegionPlan:
    """How numbers are dialled inside a region."""

    code: str
    plan: "_CodePlan | None"
    dials_00: bool
    dials_abroad: _Matches
    prefix: re.Pattern[str] | None
    general: _Matches

    def national(self, digits: str) -> str:
        """E.164 of a number as dialled at home, or empty."""
        if digits.startswith(self.code) or self.dials_abroad(digits):
            return ""
        found = self.prefix.match(digits) if self.prefix else None
        if found:
            if found.groups():
                return ""  # carrier codes and rewriting
            stripped = digits[found.end() :]
            if self.general(digits) and not self.general(stripped):
                stripped = digits
            digits = stripped
        return f"+{self.code}{digits}" if self.plan is not None and self.plan.valid(digits) else ""


def _international(digits: str) -> str:
    if not _DIGITS.fullmatch(digits) or digits[0] == "0":
        return ""
    size, plan = _code_of(digits[:3])
    if plan is None:
        return ""
    national = digits[size:]
    stripped = plan.prefix is not None and plan.prefix.match(national)
    return f"+{digits}" if not stripped and plan.valid(national) else ""


@lru_cache(maxsize=1000)
def _code_of(beginning: str) -> "tuple[int, _CodePlan | None]":
    """How long the calling code is with which three digits begin, and its plan."""
    plans = ((size, _code_plan(beginning[:size])) for size in (1, 2, 3))
    return next(((size, plan) for size, plan in plans if plan is not None), (0, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class _CodePlan:
    """The regions that share a calling code, each with its leading digits (or None) and its valid numbers."""

    prefix: re.Pattern[str] | None
    regions: tuple[tuple[_Matches | None, _Matches], ...]

    def valid(self, national: str) -> bool:
        """As the library decides: the first region that the number belongs to says whether it is valid."""
        if len(self.regions) == 1:
            return self.regions[0][1](national) is not None
        for leading, matches in self.regions:
            if leading is None:
                if matches(national) is not None:
                    return True
            elif leading(national) is not None:
                return matches(national) is not None
        return False


@lru_cache(maxsize=300)
def _region_plan(country: str) -> _RegionPlan | None:
    from phonenumbers import PhoneMetadata

    data = PhoneMetadata.metadata_for_region(country, None) if country else None
    if data is None:
        return None
    abroad = data.international_prefix or "NonMatch"
    return _RegionPlan(
        code=str(data.country_code),
        plan=_code_plan(str(data.country_code)),
        dials_00=abroad == "00" or abroad.startswith("00|"),
        dials_abroad=re.compile(abroad).match,
        prefix=_compiled(data.national_prefix_for_parsing),
        general=re.compile(_general(data)).fullmatch,
    )


@lru_cache(maxsize=1000)
def _code_plan(code: str) -> _CodePlan | None:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code), ()) if code.isdigit() else ()
    if not regions or regions == ("001",):
        return None  # satellite and other worldwide numbers: the library's affair
    plans = []
    known: list[Any] = [PhoneMetadata.metadata_for_region(region, None) for region in regions]
    for data in known:
        leading = re.compile(data.leading_digits).match if data.leading_digits else None
        plans.append((leading, _pattern(data).fullmatch))
    return _CodePlan(prefix=_compiled(known[0].national_prefix_for_parsing), regions=tuple(plans))


def _general(data: Any) -> str:
    return str(data.general_desc.national_number_pattern)


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def _pattern(data: Any) -> re.Pattern[str]:
    """One expression for "valid in this region": the general form and the form of one of the kinds of numbers."""
    kinds = (
        data.mobile, data.fixed_line, data.premium_rate, data.toll_free, data.shared_cost, data.voip,
        data.personal_number, data.pager, data.uan, data.voicemail,
    )  # fmt: skip
    forms = [_form(kind) for kind in kinds if kind is not None and kind.national_number_pattern]
    return re.compile(f"(?={_form(data.general_desc)}$)(?:{'|'.join(forms)})")


def _form(kind: Any) -> str:
    lengths = "|".join(rf"\d{{{length}}}$" for length in kind.possible_length)
    ahead = f"(?={lengths})" if lengths else ""
    return f"{ahead}(?:{kind.national_number_pattern})"
