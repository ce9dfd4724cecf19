"""Delivery status notifications (RFC 3464), and the same fields written into the text of a bounce."""

import re
from collections.abc import Iterable

from channels.inbound.failures import best_status, judge, stage_in
from channels.inbound.marks import addresses
from channels.inbound.values import BounceFact, InboundKind
from channels.protocol import Failure

_FIELD = re.compile(r"^[ \t>]{0,8}([A-Za-z][A-Za-z-]{1,40})[ \t]*:[ \t]*(.*)$")
_TYPED = re.compile(r"^[A-Za-z0-9-]{1,20}\s*;\s*")
_REPLY = re.compile(r"[45]\d\d[ -]\S")
_ACTIONS = (
    ("fail", "failed"), ("error", "failed"), ("expired", "failed"), ("bounce", "failed"), ("delay", "delayed"),
    ("warn", "delayed"), ("deliver", "delivered"), ("relay", "relayed"), ("expan", "expanded"),
)  # fmt: skip
_SEVERITY = (InboundKind.HARD_BOUNCE, InboundKind.POLICY_BOUNCE, InboundKind.SOFT_BOUNCE, InboundKind.DELAY)


def report_facts(text: str, *, words: str = "") -> tuple[BounceFact, ...]:
    """One fact per recipient block of a delivery-status text. `words` help where a block gives no diagnostic."""
    blocks = [_fields(block) for block in re.split(r"\n[ \t]*\n", text)]
    remote = next((fields["reporting-mta"] for fields in blocks if fields.get("reporting-mta")), "")
    stage = stage_in(words) if sum("action" in fields for fields in blocks) == 1 else ""
    facts = (_fact(fields, words=words, stage=stage, reporter=remote) for fields in blocks)
    return _distinct(fact for fact in facts if fact)


def kind_of(facts: Iterable[BounceFact]) -> InboundKind | None:
    """The gravest class among the facts; None when nothing failed and nothing waits."""
    found = {fact_kind(fact) for fact in facts}
    return next((kind for kind in _SEVERITY if kind in found), None)


def fact_kind(fact: BounceFact) -> InboundKind | None:
    """The class of one fact by itself."""
    if fact.action == "delayed":
        return InboundKind.DELAY
    if fact.action != "failed":
        return None
    return judge(fact.status, fact.diagnostic)[0]


def _fields(block: str) -> dict[str, str]:
    """Field names in lower case, continuation lines joined; the first of a doubled field counts."""
    fields: dict[str, str] = {}
    last = ""
    for line in block.splitlines()[:200]:
        found = _FIELD.match(line)
        if line[:1] in " \t" and last and not (found and found[1].lower() in _KNOWN):
            fields[last] = f"{fields[last]} {line.strip()}"[:4000]
        elif found:
            last = found[1].lower()
            fields.setdefault(last, found[2].strip())
        elif last == "diagnostic-code" and _REPLY.match(line):  # some quote a reply of several lines without folding it
            fields[last] = f"{fields[last]} {line.strip()}"[:4000]
    return fields


_KNOWN = frozenset({
    "final-recipient", "original-recipient", "action", "status", "diagnostic-code", "remote-mta", "x-actual-recipient",
    "last-attempt-date", "will-retry-until", "final-log-id",
})  # fmt: skip


def _fact(fields: dict[str, str], *, words: str, stage: str, reporter: str) -> BounceFact | None:
    address = _recipient(fields)
    said = fields.get("action", "").strip("<>\"' ").lower()
    action = next((name for start, name in _ACTIONS if said.startswith(start)), "")
    declared = fields.get("status", "")
    if not action and address and declared[:1] in "45":
        action = "failed" if declared.startswith("5") else "delayed" if "will-retry-until" in fields else "failed"
    if not action or not (address or declared):
        return None
    diagnostic = _TYPED.sub("", " ".join(fields.get("diagnostic-code", "").split()))
    if not diagnostic.strip("0123456789 "):  # nothing, or the number with which a program ended
        diagnostic = _TYPED.sub("", " ".join(words.split())) or diagnostic
    diagnostic = diagnostic[:450]
    if stage and stage not in diagnostic:  # Postfix and Exim tell it in their own words only
        diagnostic = f"{diagnostic} ({stage[:40]})"
    status = best_status(declared, diagnostic)
    failure = Failure.TEMPORARY if action == "delayed" else judge(status, diagnostic)[1] if action == "failed" else None
    remote = fields.get("remote-mta") or reporter
    return BounceFact(
        address=address, action=action, status=status, diagnostic=diagnostic, failure=failure,
        remote=remote.rpartition(";")[2].strip()[:255],
    )  # fmt: skip


def _recipient(fields: dict[str, str]) -> str:
    """The address we wrote to, if the report knows it, else the one at which it failed."""
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        value = fields.get(name, "").replace("=40", "@")
        value = re.sub(r"^\s*[A-Za-z0-9-]{1,20}\s*;", " ", value)
        if found := addresses(value):
            return found[0]
    return ""


def _distinct(facts: Iterable[BounceFact]) -> tuple[BounceFact, ...]:
    return tuple({(fact.address, fact.action): fact for fact in facts}.values())[:100]
