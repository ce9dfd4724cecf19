"""SMS as the how-to says it: a real Kannel between `touches serve` and an operator; what leaves, and what comes
back."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.acceptance.conftest import Touches
from tests.acceptance.test_web_serve import serving
from tests.servers.gateways import unused_port
from tests.servers.processes import listening, need, running, wait_until
from tests.servers.smpp import HAS_HEADER, UCS2, Operator, parts

pytestmark = pytest.mark.system

PAGE = Path(__file__).parents[2] / "docs/how-to/sms-with-kannel.md"
CORE = """
group = core
admin-port = {admin}
admin-password = admin
smsbox-port = {box}
dlr-storage = internal

group = smsc
smsc = smpp
host = 127.0.0.1
port = {operator}
smsc-username = us
smsc-password = us
system-type = us
transceiver-mode = true

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {send}
http-request-retry = 10
http-queue-delay = 1
"""
POLICY = """
policy: by-sms
touches:
  - {id: one, day: 0, channel: sms, news: saturdays, ask: Answer with a day.}
hours: {sms: {days: any, from: "00:00", until: "24:00"}}
holidays: ignore
"""
NEWS = """---
kind: schedule
headline: Saturdays
---
On Saturdays until 16:00, {{ lead.first_name }}: 你好 & 100 % + €5.
"""


@dataclass(slots=True, kw_only=True)
class Office:
    folder: Path
    touches: Touches
    operator: Operator

    def rows(self, *command: str) -> list[dict[str, object]]:
        return self.touches(*command, "--json", folder=self.folder).rows

    def states(self) -> dict[str, tuple[str, str]]:
        return {str(row["lead"]): (str(row["state"]), str(row["reason"])) for row in self.rows("outbox")}

    def lead(self, name: str) -> str:
        return self.touches("why", name, folder=self.folder).out

    def until(self, true: Callable[[], bool], what: str) -> None:
        wait_until(true, what, log=self.folder / "smsbox.log", seconds=40)


def page_blocks() -> str:
    """What the how-to tells people to write into kannel.conf."""
    blocks = re.findall(r"(?m)(?:^    .*\n)+", PAGE.read_text(encoding="utf-8"))
    return "\n".join(re.sub(r"(?m)^    ", "", block) for block in blocks if block.startswith("    group ="))


@pytest.fixture
def office(touches: Touches, command: str, tmp_path: Path) -> Iterator[Office]:
    need("/usr/sbin/bearerbox", "/usr/sbin/smsbox", package="kannel")
    folder = tmp_path / "team"
    ports = {name: unused_port() for name in ("admin", "box", "operator", "send", "web")}
    touches("init", "team")
    _set_up(folder, ports)
    touches("publish", folder=folder)
    rows = [f"K{number},+35840123450{number},Anna,FI,en" for number in range(1, 8)]
    (folder / "leads.csv").write_text("\n".join(["external_id,phone,first_name,country,language", *rows]) + "\n")
    touches("lead", "import", "leads.csv", folder=folder)
    said = touches("web", "addresses", folder=folder).out
    address = re.search(r"inbound_sms: (\S+)", said)
    assert address is not None
    blocks = page_blocks().replace("password = …", "password = sesame").replace("(the printed address)", address[1])
    (folder / "kannel.conf").write_text(CORE.format(**ports) + "\n" + blocks)
    with ExitStack() as stack:
        operator = stack.enter_context(Operator(ports["operator"]))
        stack.enter_context(serving(command, folder))
        for program, port in (("bearerbox", "box"), ("smsbox", "send")):
            log = folder / f"{program}.log"
            stack.enter_context(running(f"/usr/sbin/{program}", "-v", "1", str(folder / "kannel.conf"), log=log))
            wait_until(lambda port=port: listening(ports[port]), program, log=log)  # type: ignore[misc]
        assert operator.bound.wait(20)
        yield Office(folder=folder, touches=touches, operator=operator)


def _set_up(folder: Path, ports: dict[str, int]) -> None:
    sms = re.search(r"(?s)```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"))
    assert sms is not None
    web = f"http://127.0.0.1:{ports['web']}"
    ours = sms[1].replace(":13013/", f":{ports['send']}/")
    ours += f'\n[web]\nbase_url = "https://touch.kahvila.example"\nbind = "{web[7:]}"\ncallbacks = "{web}"\n'
    with (folder / "touches.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n" + ours)
    (folder / "sms-password").write_text("sesame\n")
    (folder / "sms-password").chmod(0o600)
    (folder / "policies" / "by-sms.yaml").write_text(POLICY)
    (folder / "news" / "saturdays.md").write_text(NEWS)


def test_messages_leave_and_their_reports_come_back_in_any_order(office: Office) -> None:
    office.touches("enroll", "by-sms", "K1", "K2", "K3", folder=office.folder)
    office.touches("tick", folder=office.folder)
    operator = office.operator
    office.until(lambda: len(operator.submitted) == 3 * 2, "six parts")
    assert {each.coding for each in operator.submitted} == {UCS2}
    first = {each.to: each for each in reversed(operator.submitted)}
    text = b"".join(each.text[6:] for each in operator.submitted if each.to == "358401234501").decode("utf-16-be")
    assert text == "On Saturdays until 16:00, Anna: 你好 & 100 % + €5.\nAnswer with a day.\nReply STOP to opt out"
    operator.report(first["358401234501"], "DELIVRD")
    operator.report(first["358401234501"], "DELIVRD")
    operator.report(first["358401234502"], "UNDELIV", error="001")
    office.until(lambda: [office.states()[f"K{n}"][0] for n in (1, 2)] == ["delivered", "bounced"], "reports")
    assert office.states()["K2"][1] == "reported failed: UNDELIV, error 001"
    assert office.states()["K3"] == ("sent", "")


def test_what_people_answer_comes_in_whatever_their_telephones_write(office: Office) -> None:
    operator = office.operator
    operator.deliver("358401234501", "Kiitos, käy!".replace("ä", "\x7b").encode("ascii"))  # GSM 03.38
    operator.deliver("358401234502", "СТОП".encode("utf-16-be"), coding=UCS2)
    for piece in reversed(parts(("Привет " * 30 + "STOP").encode("utf-16-be"), size=132)):
        operator.deliver("358401234503", piece, coding=UCS2, esm_class=HAS_HEADER)
    operator.deliver("358401234504", b"HELP")
    operator.deliver("358401234505", b"stop all")
    operator.deliver("358401234506", bytes(range(140)), coding=4)
    operator.deliver("0401234507", b"STOP")
    operator.deliver("358509999999", b"STOP")
    office.until(lambda: len(tasks(office)) == 4, "four answers to answer")
    said = tasks(office)
    assert "Kiitos, käy!" in said["K1"]
    assert said["K3"].count("Привет") > 5
    assert "HELP" in said["K4"]
    assert set(said) == {"K1", "K3", "K4", "K6"}
    office.until(lambda: "opted out" in office.lead("K7"), "the last STOP")
    assert "+358401234502 - opted out of sms" in office.lead("K2")
    assert "stop all" not in json.dumps(office.rows("today"))
    operator.deliver("358401234502", b"START")
    office.until(lambda: "opted out of sms" not in office.lead("K2").partition("Of the lead")[0], "the START")
    office.until(lambda: operator.taken == 8 + len(parts(b"x" * 428, size=132)), "an answer to each")


def tasks(office: Office) -> dict[str, str]:
    """What `today` asks to be answered, by lead."""
    return {str(row["lead"]): json.dumps(row, ensure_ascii=False) for row in office.rows("today")}
