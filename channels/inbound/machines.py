"""Answers that no person wrote, by their headers and form: RFC 3834, its forerunners, receipts, calendars, lists."""

import re
from collections.abc import Callable

from channels.inbound.absence import absence_words, acknowledges, is_challenge, scripted
from channels.inbound.letter import Letter
from channels.inbound.replies import quotes_somebody
from channels.inbound.senders import (
    answered_by_program,
    answers_somebody,
    is_daemon,
    is_mail_system,
    is_no_reply,
    is_postmaster,
    mailed_by_program,
    null_return_path,
    sender_address,
)
from channels.inbound.system_subjects import tells_of_a_receipt

_SUPPRESS = frozenset({"all", "oof", "autoreply"})
_PRECEDENCE = re.compile(r"auto[_-]?reply|bulk|junk|list", re.IGNORECASE)
_AUTO_NAMES = re.compile(  # dozens of responders name a header of their own after what they do
    r"(?:^|-)auto(?:matic)?-?(?:reply|replied|respon[ds]e?|responder|answer|generated)(?:-|$)"
)
_AUTO_HEADERS = (
    "x-vacation", "x-out-of-office", "x-facebook-notify", "x-ms-exchange-inbox-rules-loop",
    "x-ms-exchange-generated-message-source", "x-loop-autoreply", "x-fc-machinegenerated",
)  # fmt: skip
_AUTO_TOPIC = re.compile(r"\W*auto-?(?:reply|response)\b", re.IGNORECASE)
_MESSAGE_CLASS = re.compile(r"^9|autoreply|oof|^ipm\.note\.rules|^report\.", re.IGNORECASE)
_MAILERS = re.compile(r"vacation|auto-?(?:reply|respon)|out.?of.?office", re.IGNORECASE)
_TYPED_IN = re.compile(r"(?:iphone|ipad|apple) mail|thunderbird|k-9|android|evolution|\bmutt\b", re.IGNORECASE)
_CALENDAR = re.compile(
    r"^(?:accepted|declined|tentative(?:ly accepted)?|zugesagt|abgesagt|mit vorbehalt|angenommen|abgelehnt"
    r"|accept[ée]|refus[ée]|aceptad[ao]|rechazad[ao]|accettato|rifiutato|aceit[eo]|recusad[ao]|geaccepteerd"
    r"|geweigerd|accepterat|avböjt|hyväksytty|hylätty|accepteret|afvist|akseptert|avslått|zaakceptowano"
    r"|odrzucono|принято|отклонено|已接受|已拒绝|承諾|辞退)\s*[:：]",
    re.IGNORECASE,
)
_RECEIPT = re.compile(
    r"^(?:(?:not |un|non |no |niet |o|ei |ikke |nie |не |未)?(?:read|gelesen|lu|leído|letto|lida|gelezen|läst"
    r"|luettu|læst|lest|przeczytano|прочитано|已读|已讀"
    r"|開封済み))\s*[:：]|^(?:return receipt|read(?:ing)? (?:confirmation )?receipt|disposition notification"
    r"|message status - (?:opened|read|delivered|deleted|accepted|completed)"
    r"|lesebestätigung|empfangsbestätigung|accusé de (?:lecture|réception)|message read|開封確認|已读回执)",
    re.IGNORECASE,
)
_RECALL = re.compile(
    r"would like to recall the message|möchte die nachricht .{0,200}zurückrufen|(?:souhaite|voudrait) rappeler le"
    r"|(?:desea|quiere) recuperar el mensaje|vuole richiamare il messaggio|haluaa peruuttaa viestin|vill återkalla",
    re.IGNORECASE,
)
_STATISTICS = re.compile(r"^\W*(?:preview:\s*)?report[ -]domain:", re.IGNORECASE)  # RFC 7489, 7.2.1.1; RFC 8460, 5.3
_DELIVERED = re.compile(
    r"^(?:relayed|delivered|expanded|successful mail delivery|delivery (?:status notification )?\(?(?:success"
    r"|relay))",
    re.IGNORECASE,
)


def machine_reason(letter: Letter, *, quotes_us: bool, addressed: bool = False) -> str:
    """Which rule says that no person wrote this; empty when none does. `quotes_us`: it answers a mail of ours;
    `addressed`: it came to an address that only one touch of ours has named."""
    for rule in _RULES:
        if reason := rule(letter):
            return reason
    alone = addressed and not _threaded(letter) and not quotes_somebody(letter.body)
    reason = scripted(letter.header("subject"), letter.body, sender=sender_address(letter)) if alone else ""
    return reason or _list_copy(letter, quotes_us=quotes_us)


def _receipt(letter: Letter) -> str:
    report = letter.message.get_param("report-type", "")
    kind = (report if isinstance(report, str) else report[2]).lower()
    if letter.own("message/disposition-notification") or kind == "disposition-notification":
        return "receipt: disposition notification"
    subject = letter.header("subject")
    if (_RECEIPT.match(subject) or tells_of_a_receipt(subject)) and (
        null_return_path(letter) or len(letter.body) < 2000
    ):
        return "receipt: subject"
    return "receipt: recall" if _RECALL.search(letter.body[:300]) and len(letter.body) < 600 else ""


def _statistics(letter: Letter) -> str:
    return "sender: domain report" if _STATISTICS.match(letter.header("subject")) else ""


def _calendar(letter: Letter) -> str:
    for part in letter.own("text/calendar"):
        method = part.param("method") or (re.search(r"^METHOD:(\w+)", part.text, re.MULTILINE) or ["", ""])[1].lower()
        if method in {"reply", "counter", "refresh"}:
            return f"calendar: {method}"
    answered = _CALENDAR.match(letter.header("subject"))
    if answered and (letter.own("text/calendar", "application/ics") or "calendar-" in letter.header("sender").lower()):
        return "calendar: subject"
    return ""


def _auto_submitted(letter: Letter) -> str:
    keyword = letter.header("auto-submitted").partition(";")[0].strip().lower()
    return f"header: auto-submitted {keyword.split()[0]}" if keyword and not keyword.startswith("no") else ""


def _auto_header(letter: Letter) -> str:
    for name, value in letter.headers:
        named = name in _AUTO_HEADERS or (_AUTO_NAMES.search(name) and not name.endswith("-suppress"))
        if named and value.strip().lower() not in {"no", "false", "0", "none"}:
            return f"header: {name}"
    if _AUTO_TOPIC.match(letter.header("thread-topic")):
        return "header: thread-topic"
    if any("autoresponder" in value.lower() for value in letter.all_headers("delivered-to")):
        return "header: delivered-to autoresponder"
    if _MESSAGE_CLASS.search(letter.header("x-post-messageclass")):
        return "header: x-post-messageclass"
    return "header: x-mailer" if _MAILERS.search(letter.header("x-mailer")) else ""


def _suppressed(letter: Letter) -> str:
    """Exchange says it of its notices; some companies of all they send, without "All", and then of people's answers."""
    asked = {word.lower() for word in re.findall(r"\w+", letter.header("x-auto-response-suppress"))}
    if "all" not in asked and answers_somebody(letter) and letter.has("in-reply-to"):
        return ""
    return "header: x-auto-response-suppress" if asked & _SUPPRESS else ""


def _precedence(letter: Letter) -> str:
    value = letter.header("precedence") + " " + letter.header("x-precedence")
    if letter.has("list-id", "list-post", "mailing-list", "x-mailing-list"):
        return ""
    found = _PRECEDENCE.search(value)
    return f"header: precedence {found[0].lower()}" if found else ""


def _absence(letter: Letter) -> str:
    typed = _TYPED_IN.search(f"{letter.header('x-mailer')} {letter.header('user-agent')}") is not None
    return absence_words(letter.header("subject"), letter.body, typed=typed, threaded=_threaded(letter))


def _threaded(letter: Letter) -> bool:
    """The sender's program names what it answers, as people's programs do (RFC 5322, 3.6.4; Exchange its own way)."""
    return letter.has("in-reply-to", "references", "thread-index")


def _challenge(letter: Letter) -> str:
    return "challenge" if is_challenge(letter.header("subject"), letter.body) else ""


def _acknowledgement(letter: Letter) -> str:
    found = acknowledges(letter.header("subject"), letter.body, sender=sender_address(letter))
    return "acknowledgement" if found else ""


def _robot_sender(letter: Letter) -> str:
    if null_return_path(letter):
        return "sender: null return path"
    if answered_by_program(letter):
        return "sender: a responder"
    if is_daemon(letter) or (is_mail_system(letter) and not letter.header("from").strip()):
        return "sender: mail system"
    if is_postmaster(letter) and not answers_somebody(letter):
        return "sender: mail system"
    if is_no_reply(letter):
        return "sender: no-reply"
    return "sender: a mailing program" if mailed_by_program(letter) and not answers_somebody(letter) else ""


def _delivered(letter: Letter) -> str:
    return "dsn: delivered" if is_mail_system(letter) and _DELIVERED.match(letter.header("subject")) else ""


def _list_copy(letter: Letter, *, quotes_us: bool) -> str:
    """A list's copy; but a member who answers our mail through the list is a person who answers."""
    listed = letter.has(
        "list-id", "list-unsubscribe", "list-post", "mailing-list", "x-mailing-list", "x-ml-name", "x-mlserver"
    )
    return "list copy" if listed and not quotes_us else ""


_RULES: tuple[Callable[[Letter], str], ...] = (
    _receipt, _calendar, _statistics, _auto_submitted, _auto_header, _suppressed, _precedence, _delivered, _challenge,
    _absence, _acknowledgement, _robot_sender,
)  # fmt: skip


def is_automatic_reply(letter: Letter) -> bool:
    """A vacation responder or receipt by its headers or subject; a mailer's own "generated" notices are not meant."""
    keyword = letter.header("auto-submitted").strip().lower()
    return keyword.startswith("auto-replied") or bool(_receipt(letter) or _calendar(letter) or _absence(letter))
