"""Holds what arrived against what the database says, reading the received files and nothing else."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from policies.news import NewsPool
from touches.demo.post_office import header, text_of
from touches.demo.workplace import LISTS, Stage
from touches.engine.office import Office
from touches.model.states import TouchState

HANDED_OVER = (TouchState.SENT, TouchState.DELIVERED, TouchState.BOUNCED, TouchState.RETURNED)
FIRST_HOUR, LAST_HOUR, SATURDAY = 8, 20, 5
LONG_ENOUGH = 24  # letters and digits that name a piece of news


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One mail or SMS as it lies in a file. `touch` is False for notices, which carry no news."""

    address: str
    key: str  # Message-ID, or the file's name
    text: str
    at: datetime | None = None  # the Date of a mail
    touch: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One promise held against the files: `found` is to equal `expected`."""

    promise: str
    found: int
    expected: int

    @property
    def kept(self) -> bool:
        """Whether it was kept."""
        return self.found == self.expected


def read_mails(folder: Path) -> list[Received]:
    """All received mails. A mail that offers a way out of further ones is a touch (RFC 8058 asks it of advertising)."""
    found = []
    for path in sorted(folder.glob("*.eml")):
        mail = message_from_bytes(path.read_bytes())
        address = parseaddr(header(mail, "To"))[1]
        key = header(mail, "Message-ID").strip("<> ")
        found.append(
            Received(
                address=address,
                key=key,
                text=text_of(mail),
                at=parsedate_to_datetime(header(mail, "Date")),
                touch="List-Unsubscribe" in mail,
            )
        )
    return found


def opt_outs(folder: Path) -> Mapping[str, datetime]:
    """When each mailbox asked for silence, by the mails that people wrote."""
    found: dict[str, datetime] = {}
    for path in sorted(folder.glob("*-opt_out.eml")):
        mail = message_from_bytes(path.read_bytes())
        at = parsedate_to_datetime(header(mail, "Date"))
        address = parseaddr(header(mail, "From"))[1]
        found[address] = min(at, found.get(address, at))
    return found


def zones(lists: Iterable[Path]) -> Mapping[str, str]:
    """Each mailbox's time zone, by the lists that were imported."""
    found: dict[str, str] = {}
    for path in lists:
        with path.open(encoding="utf-8", newline="") as opened:
            found |= {row["email"]: row["timezone"] for row in csv.DictReader(opened)}
    return found


def read_texts(folder: Path) -> list[Received]:
    """All received SMS."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
        found.append(Received(address=head.splitlines()[0].removeprefix("To: "), key=path.name, text=text))
    return found


def fingerprints(pool: NewsPool) -> Mapping[str, Sequence[str]]:
    """For each piece of news its wordings, bare of everything but letters and digits."""
    return {item.id: [_bare(text.body)[:120] for text in item.texts.values()] for item in pool}


def _bare(text: str) -> str:
    plain = text.partition("{{")[0] if len(text.partition("{{")[0]) > LONG_ENOUGH * 2 else text
    return "".join(letter for letter in plain.casefold() if letter.isalnum())


def news_in(text: str, known: Mapping[str, Sequence[str]]) -> list[str]:
    """The pieces of news that a text tells."""
    bare = _bare(text)
    return [news for news, prints in known.items() if any(each in bare for each in prints)]


def check_promises(office: Office, pool: NewsPool, stage: Stage) -> list[Check]:
    """Everything that was received against everything that was sent."""
    mails, texts = read_mails(stage.mails), read_texts(stage.texts)
    silent = opt_outs(stage.answers)
    places = zones(stage.workspace.root / name for name in LISTS)
    sent = _sent(office)
    known = fingerprints(pool)
    touches = [mail for mail in mails if mail.touch]
    told = [(each.address, tuple(news_in(each.text, known))) for each in (*touches, *texts)]
    return [
        Check(promise="mails received = mails sent", found=len(mails), expected=sent["email"]),
        Check(promise="different Message-IDs among them", found=len({each.key for each in mails}), expected=len(mails)),
        Check(promise="SMS received = SMS sent", found=len(texts), expected=sent["sms"]),
        Check(promise="mails and SMS that tell just one piece of news", found=_with_one(told), expected=len(told)),
        Check(promise="people who were told something twice", found=_told_twice(told), expected=0),
        Check(
            promise="mails after an opt-out by mail", found=sum(_unwanted(mail, silent) for mail in touches), expected=0
        ),
        Check(promise="mails outside of their readers' hours", found=_ill_timed(touches, places), expected=0),
        Check(promise="touches in doubt", found=sent["in doubt"], expected=0),
    ]


def _unwanted(mail: Received, silent: Mapping[str, datetime]) -> bool:
    since = silent.get(mail.address)
    return since is not None and mail.at is not None and mail.at > since


def _ill_timed(mails: Iterable[Received], places: Mapping[str, str]) -> int:
    """How many touches left before 8, after 20, or at a weekend, where their readers live."""
    known = [(mail.at, places[mail.address]) for mail in mails if mail.at is not None and mail.address in places]
    local = [at.astimezone(ZoneInfo(zone)) for at, zone in known]
    return sum(not (FIRST_HOUR <= at.hour < LAST_HOUR and at.weekday() < SATURDAY) for at in local)


def _with_one(told: Iterable[tuple[str, tuple[str, ...]]]) -> int:
    return sum(len(news) == 1 for _, news in told)


def _told_twice(told: Iterable[tuple[str, tuple[str, ...]]]) -> int:
    counts = Counter((address, each) for address, news in told for each in news)
    return len({address for (address, _), number in counts.items() if number > 1})


def _sent(office: Office) -> Counter[str]:
    """What the database says: by channel what was handed over, and what is in doubt."""
    found: Counter[str] = Counter()
    after = 0
    with office.store.read() as unit:
        while touches := unit.touches.page(after=after, limit=1000):
            found.update(touch.channel for touch in touches if touch.state in HANDED_OVER)
            found["in doubt"] += sum(touch.state is TouchState.IN_DOUBT for touch in touches)
            after = touches[-1].id
    return found
