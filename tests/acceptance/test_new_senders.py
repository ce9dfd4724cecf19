"""Who must not send all at once, at a real mail server: a sender whom nobody knows yet, by its daily ramp and its slow
start towards each domain, and one that was away."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.acceptance.conftest import Touches
from tests.servers.late_smtpd import Begun, running_late_smtpd
from tests.servers.smtpd import running_smtpd

CADENCE = """policy: hello
hours: {email: any}
holidays: ignore
touches:
  - {id: mail, day: 0, channel: email, news: any, ask: Reply by Friday.}
"""
NEWS = "---\nkind: schedule\nheadline: Longer hours\n---\nWe answer until **22:00** now, {{ lead.first_name }}.\n"


def workspace(touches: Touches, tmp_path: Path, *, port: int, warm_up: str, addresses: Sequence[str]) -> Path:
    """One mail is due to each address."""
    touches("init", "shop", "--name", "Kahvila Oy")
    shop = tmp_path / "shop"
    settings = shop / "touches.toml"
    text = settings.read_text(encoding="utf-8").replace("port = 25\n", f"port = {port}\n")
    text = text.replace('warm_up = ""', f'warm_up = "{warm_up}"')
    settings.write_text(text, encoding="utf-8")
    for old in [*(shop / "policies").iterdir(), *(shop / "news").iterdir()]:
        old.unlink()
    (shop / "policies" / "hello.yaml").write_text(CADENCE, encoding="utf-8")
    (shop / "news" / "hours.md").write_text(NEWS, encoding="utf-8")
    rows = [f"l{number},{address},Ann,FI,Europe/Helsinki" for number, address in enumerate(addresses)]
    (shop / "leads.csv").write_text("\n".join(["external_id,email,first_name,country,timezone", *rows, ""]))
    touches("lead", "import", "leads.csv", folder=shop)
    touches("publish", folder=shop)
    touches("enroll", "hello", "--all", folder=shop)
    return shop


def pass_time(shop: Path, wait: timedelta) -> None:
    """What was done so far was done earlier: nobody can make the clock of another process run."""
    micros = int(wait.total_seconds() * 1_000_000)
    with sqlite3.connect(shop / "touches.db") as connection:
        for name in ("handed_over_at", "claimed_at", "finished_at"):
            connection.execute(f"UPDATE touch SET {name} = {name} - {micros} WHERE {name} IS NOT NULL")
        then = (datetime.now(UTC) - wait).isoformat()
        connection.execute("UPDATE setting SET value = ? WHERE key = 'last tick'", (then,))
    connection.close()


def test_the_ramp_holds_day_by_day(touches: Touches, tmp_path: Path) -> None:
    with running_smtpd() as smtpd:
        people = [f"lead{number}@customer.test" for number in range(60)]
        shop = workspace(touches, tmp_path, port=smtpd.port, warm_up="5 per day, doubling daily", addresses=people)
        left: list[int] = []
        notes: list[str] = []
        for _day in range(5):
            before = len(smtpd.mails)
            notes += [touches("tick", folder=shop).err for _ in range(2)]  # the second of a day finds no room
            left.append(len(smtpd.mails) - before)
            pass_time(shop, timedelta(days=1, seconds=1))

    assert left == [5, 10, 20, 25, 0]
    assert "the limit of 5 per day is reached" in notes[1]
    assert "the limit of 20 per day is reached" in notes[5]
    assert len({mail.recipients for mail in smtpd.mails}) == 60


def test_a_domain_gets_more_at_once_as_it_takes_well_and_no_other_waits_for_one_that_refuses(
    touches: Touches, tmp_path: Path
) -> None:
    people = [f"lead{number}@{domain}" for domain in ("busy.test", "big.test") for number in range(60)]
    people += [f"me@small{number}.test" for number in range(20)]
    with running_late_smtpd("busy.test") as smtpd:
        shop = workspace(touches, tmp_path, port=smtpd.port, warm_up="1000 per day", addresses=people)
        told = touches("tick", "--json", folder=shop).document

    together = Counter({domain: most(smtpd.begun, domain) for domain in ("busy.test", "big.test")})
    assert told["sent"] == 80
    assert Counter(mail.recipients[0].rpartition("@")[2] for mail in smtpd.mails)["big.test"] == 60
    assert together["busy.test"] == 1
    assert together["big.test"] > 2
    assert [one for one in smtpd.begun if one.together > window(one.accepted)] == []


def test_what_waited_for_three_days_leaves_at_the_pace_of_a_usual_hour(touches: Touches, tmp_path: Path) -> None:
    people = [f"lead{number}@customer.test" for number in range(100)]
    with running_smtpd() as smtpd:
        shop = workspace(touches, tmp_path, port=smtpd.port, warm_up="", addresses=people[:30])
        touches("tick", folder=shop)
        pass_time(shop, timedelta(days=3))
        known = "external_id,email,first_name,country,timezone\n"
        rows = "".join(f"x{number},{address},Ann,FI,Europe/Helsinki\n" for number, address in enumerate(people[30:]))
        (shop / "more.csv").write_text(known + rows)
        touches("lead", "import", "more.csv", folder=shop)
        touches("enroll", "hello", "--all", folder=shop)

        notes = touches("tick", folder=shop).err
        first = len(smtpd.mails) - 30
        again = touches("tick", folder=shop).err
        pass_time(shop, timedelta(hours=1))
        touches("tick", folder=shop)

    assert "email: at most 60 an hour while a backlog drains" in notes
    assert "the limit of 60 per hour while a backlog drains is reached" in again
    assert (first, len(smtpd.mails)) == (60, 100)


def most(begun: Sequence[Begun], domain: str) -> int:
    return max(one.together for one in begun if one.domain == domain)


def window(accepted: int) -> int:
    """1 for the first, 2 after it was taken, 4 after two more, and so on."""
    width, left = 1, accepted
    while left >= width:
        left -= width
        width *= 2
    return width
