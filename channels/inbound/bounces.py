"""Bounces: standard reports, the same in plain words, and what dozens of mail systems write of their own accord."""

import re
from dataclasses import dataclass

from channels.inbound import bounce_words as words
from channels.inbound.absence import is_challenge
from channels.inbound.dsn import kind_of, report_facts
from channels.inbound.failures import judge, stage_in, status_in
from channels.inbound.letter import Letter
from channels.inbound.marks import addresses
from channels.inbound.senders import answers_somebody, is_mail_system, null_return_path, shown_by_a_person
from channels.inbound.values import BounceFact, InboundKind
from channels.protocol import Failure

_STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status", "text/delivery-status")
_INLINE_FIELDS = re.compile(r"^[ \t]*(?:final|original)-recipient[ \t]*:", re.IGNORECASE | re.MULTILINE)
_INLINE_VERDICT = re.compile(r"^[ \t]*(?:action|status)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_OPENS = re.compile(
    r"(?:(?:non-?delivery|delivery failure|undeliverable)\b.{0,40}\s)?(?:(?:your|the|this|a|an"
    r"|following) (?:\w+ ){0,2}(?:e-?mail|message|mail|recipient|address)\S*|(?:could not|unable to"
    r"|failed to) deliver|delivery (?:to|of|has)"
    r"|undeliverable|votre (?:message|courriel|mail)|ihre (?:e-?mail|nachricht)|su (?:mensaje|correo)"
    r"|il (?:tuo|suo|messaggio)|a sua mensagem|sua mensagem|ditt meddelande|viestiä|уважаемый"
    r"|ваше (?:сообщение|письмо)|您的|您发送|次の|以下の)",
    re.IGNORECASE,
)
_ADDRESS_LINE = re.compile(
    r"^[ \t*>-]{0,12}(?:(?:recipient|to|user|address|rcpt to|(?:failed|original) recipient"
    r"|(?:recipient|original) address)\W{1,4})?<?([^\s<>()\[\]\",;:]{1,200}@[^\s<>()\[\]\",;:]{1,200})>?(?:[ \t]*[:(]"
    r"|[ \t]*$|[ \t]+-|[ \t]+on )",
    re.MULTILINE | re.IGNORECASE,
)
_READ = 16_000  # characters of the explanation that count
_SHORT = 600  # characters of an explanation that counts whole
_LINE = 300  # longer lines are nobody's diagnostic, and slow for other people's patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceFound:
    """What was found; `kind` is None for a report in which nothing failed (delivered, relayed, expanded)."""

    kind: InboundKind | None
    because: str
    facts: tuple[BounceFact, ...]


def find_bounce(letter: Letter) -> BounceFound | None:
    """Whether this mail reports a delivery, in whatever form; None when it does not."""
    return _standard(letter) or _inline(letter) or _in_words(letter)


def _standard(letter: Letter) -> BounceFound | None:
    """message/delivery-status, unless it only travels inside a mail that a person forwards."""
    parts = letter.own(*_STATUS_PARTS)
    if not parts and is_mail_system(letter):
        parts = letter.enclosed(*_STATUS_PARTS)
    if not parts or shown_by_a_person(letter) or _asks_for_proof(letter):
        return None
    text = "\n\n".join(part.report_lines for part in parts)
    facts = report_facts(text, words=_diagnosis(explanation(letter) or text))  # some explain it among the fields
    if not facts:
        return None
    kind = kind_of(facts)
    return BounceFound(kind=kind, because=f"dsn: {_gravest(facts)}", facts=facts)


def _asks_for_proof(letter: Letter) -> bool:
    """A person's filter dresses its question "are you human?" as a report; it is one of a machine, not of a failure."""
    return not is_mail_system(letter) and is_challenge(letter.header("subject"), letter.body)


def _inline(letter: Letter) -> BounceFound | None:
    """The fields of RFC 3464 in a text part: wrong content types, and gateways that flatten reports."""
    text = letter.body[: 4 * _READ]
    if not (_INLINE_FIELDS.search(text) and _INLINE_VERDICT.search(text)) or not _may_be_bounce(letter):
        return None
    facts = report_facts(text, words=_diagnosis(explanation(letter)))
    return BounceFound(kind=kind_of(facts), because="bounce: report fields in the text", facts=facts) if facts else None


def _in_words(letter: Letter) -> BounceFound | None:
    if not _may_be_bounce(letter):
        return None
    text = explanation(letter)
    subject = letter.header("subject")
    if words.SUCCEEDED.search(f"{subject}\n{text[:_SHORT]}") and not _titled_failed(subject):
        return None
    failed = bool(words.BODY_FAILED.search(text) or words.SUBJECT_FAILED.search(subject))
    delayed = _is_delay(subject, text)
    if not (failed or delayed or letter.has("x-failed-recipients")):
        return None
    found = _addresses(letter, text)
    if delayed:
        return BounceFound(kind=InboundKind.DELAY, because="bounce: words of a delay", facts=_waiting(found, text))
    diagnosis = _diagnosis(text)
    kind, failure = judge(status_in(diagnosis), diagnosis or subject)
    if failure is Failure.REJECTED and words.SUBJECT_FAILED.search(subject):
        kind, failure = judge(status_in(f"{diagnosis} {subject}"), f"{subject} {diagnosis}")
    facts = tuple(
        BounceFact(
            address=address, action="failed", status=status_in(diagnosis), diagnostic=diagnosis[:500], failure=failure
        )
        for address in found or ("",)
    )
    return BounceFound(kind=kind, because="bounce: words of a mail system", facts=facts)


def _may_be_bounce(letter: Letter) -> bool:
    """A mail system speaks, or the mail has two other marks of one; a person who forwards a bounce has none."""
    if shown_by_a_person(letter) and (letter.has("in-reply-to") or not _begins_as_bounce(letter)):
        return False
    if is_mail_system(letter) or letter.has("x-failed-recipients"):
        return True
    subject = letter.header("subject")
    marks = [
        null_return_path(letter),
        letter.header("auto-submitted").lower().startswith("auto-"),
        letter.message.get_content_type() == "multipart/report",
        bool(letter.originals),
        bool(words.ORIGINAL_BELOW.search(letter.body[:_READ])),
    ]
    titled = words.SUBJECT_FAILED.search(subject) or words.SUBJECT_DELAYED.search(subject)
    if titled and (any(marks) or _begins_as_bounce(letter)):
        return True
    return _begins_as_bounce(letter) and not answers_somebody(letter)


def _begins_as_bounce(letter: Letter) -> bool:
    """The first words, before any greeting, say that a message was not delivered, and soon an address follows."""
    lines = [line.strip(" \t*-=#") for line in letter.body[:3000].splitlines()]
    opening = " ".join([line for line in lines if line][:4])[:500]
    return _OPENS.match(opening) is not None and words.BODY_FAILED.search(opening) is not None


def explanation(letter: Letter) -> str:
    """The mail system's own words: the text up to where the original begins."""
    text = letter.body[: 4 * _READ]
    lines = text.splitlines()
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    for number, line in enumerate(lines):
        if number > start + 1 and words.ORIGINAL_BELOW.match(line):
            lines = lines[:number]
            break
    return "\n".join(line[:_LINE] for line in lines)[:_READ]


def _is_delay(subject: str, text: str) -> bool:
    titled = bool(words.SUBJECT_DELAYED.search(subject))
    said = bool(words.BODY_DELAYED.search(text))
    over = bool(words.GAVE_UP.search(text)) and not titled
    if words.STILL_TRYING.search(text) and not words.GIVEN_UP.search(text):
        return True
    return (titled and (said or not words.SUBJECT_FAILED.search(subject))) or (
        said and not over and (titled or not _titled_failed(subject))
    )


def _titled_failed(subject: str) -> bool:
    """The subject itself says that it failed, beyond being some report."""
    return words.SUBJECT_FAILED.search(words.REPORT_ONLY.sub("", subject)) is not None


_REASON = re.compile(r"^[ \t]+\(reason: ([45]\d\d[ -][^\n]{1,300})\)[ \t]*$", re.MULTILINE)
_FOLDED = re.compile(r"^(<[^<>\s]{1,250}>:[^\n]{0,300}|(?!\n)[ \t]{4}\S[^\n]{0,300})\n(?=[ \t]{4}\S)", re.MULTILINE)
_TELLING = re.compile(
    r"\b[45]\d\d\b|[45]\.\d+\.\d+|unknown|not |n't|no such|full|quota|reject|denied|block|spam|invalid"
    r"|disabled|refus|error|time|large|size|exist"
    r"|不|無|无|未|満|满|error|nicht|pas |no |non |nie |не |ei ",
    re.IGNORECASE,
)


def _diagnosis(text: str) -> str:
    """The lines that tell a cause, joined: with codes first, then all that sounds like a failure.

    A short text counts whole; of a long one the rest is advice and disclaimers, which speak of spam and errors too.
    Where sendmail quotes the other side as the reason, the transcript below is only its translation.
    """
    if reasons := _REASON.findall(text):
        return " ".join(" ".join([*dict.fromkeys(reasons), stage_in(" ".join(text.split()))]).split())[:4000]
    lines = [" ".join(line.split()) for line in _FOLDED.sub(r"\1 ", text).splitlines() if line.strip()]
    telling = [line for line in lines if _TELLING.search(line)]
    coded = [line for line in telling if re.search(r"(?<![\d.])[45]\d\d(?![\d.])|[45]\.\d+\.\d+", line)]
    rest = lines if len(text) < _SHORT else ()
    return " ".join(dict.fromkeys([*coded, *telling, *rest]))[:4000]


def _addresses(letter: Letter, text: str) -> tuple[str, ...]:
    """Who did not get it: what the report's header says, what flufl.bounce knows, else the addresses in the words."""
    if named := letter.header("x-failed-recipients"):
        return addresses(named)
    own = {*addresses(letter.header("from")), *addresses(letter.header("to"))}
    in_lines = [found for line in _ADDRESS_LINE.findall(text) for found in addresses(line)]
    anywhere = [found for line in text.splitlines() for found in addresses(line)]
    for candidates in (_known_to_flufl(letter, text), in_lines, anywhere):
        good = [found for found in candidates if found not in own and not found.lower().startswith("postmaster@")]
        if good:
            return tuple(dict.fromkeys(good))[:10]
    return ()


def _known_to_flufl(letter: Letter, text: str) -> tuple[str, ...]:
    """flufl.bounce knows the layouts of many old systems; it gets short lines, and its stumbling is no answer."""
    import logging
    from email import message_from_string

    from flufl.bounce import all_failures

    logging.getLogger("flufl.bounce").disabled = True  # it would print a traceback for what we take as "no answer"
    headers = [f"{name}: {value[:_LINE]}" for name, value in letter.headers if name in _FOR_FLUFL]
    slim = [*headers, "Content-Type: text/plain; charset=utf-8", "", text, _COPY_BELOW, "", ""]
    try:
        temporary, permanent = all_failures(message_from_string("\n".join(slim)))
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return ()
    return tuple(sorted(found.decode("ascii", "replace") for found in {*temporary, *permanent} if _WHOLE.match(found)))


_WHOLE = re.compile(rb"[^@\s]{1,200}@[^@\s]{1,200}\.[^@\s.]{1,63}$")
_COPY_BELOW = "--- Below this line is a copy of the message."
_FOR_FLUFL = frozenset({"from", "subject", "x-mailer", "to"})


def _waiting(found: tuple[str, ...], text: str) -> tuple[BounceFact, ...]:
    diagnosis = _diagnosis(text)[:500]
    return tuple(
        BounceFact(
            address=address, action="delayed", status=status_in(diagnosis), diagnostic=diagnosis,
            failure=Failure.TEMPORARY,
        )
        for address in found or ("",)
    )  # fmt: skip


def _gravest(facts: tuple[BounceFact, ...]) -> str:
    order = ("failed", "delayed", "expanded", "relayed", "delivered")
    return min((fact.action for fact in facts), key=order.index)
