"""The commands of people's work, as they are typed."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import root
from touches.workspace import Workspace

CALLS = """
policy: calls
hours: {call: {days: any, from: "00:00", until: "24:00"}}
holidays: ignore
touches:
  - {id: call, day: 0, channel: call, news: any, ask: Agree on a date.}
  - {id: mail, after: 2 days, channel: email, news: any, ask: Reply.}
then: {every: 1 week, channel: email, news: any, ask: Read.}
"""
OWNERS = """
[owners.aino]
name = "Aino Virtanen"
email = "aino@company.example"

[owners.bo]
name = "Bo Berg"
email = "bo@company.example"
"""
LEADS = """external_id,email,phone,first_name,owner
ann,ann@customer.example,+358401234567,Ann,aino
bea,bea@customer.example,+358401234568,Bea,bo
"""

Run = Callable[..., Result]


def typed_in(folder: Path) -> Run:
    """Runs commands in a workspace; `code` is expected."""

    def typed(*arguments: str, code: int = 0, given: str = "") -> Result:
        result = CliRunner().invoke(root, ["--workspace", str(folder), *arguments], input=given)
        assert result.exit_code == code, result.output
        return result

    return typed


@pytest.fixture(scope="module")
def _at_work(_made_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two leads of two owners, each with a call on the list; made once."""
    folder = Path(shutil.copytree(_made_workspace, tmp_path_factory.mktemp("care") / "w"))
    for file in (folder / "policies").glob("*.yaml"):
        file.unlink()
    (folder / "policies" / "calls.yaml").write_text(CALLS, encoding="utf-8")
    settings = folder / "touches.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + OWNERS, encoding="utf-8")
    (folder / "leads.csv").write_text(LEADS, encoding="utf-8")
    typed = typed_in(folder)
    typed("publish")
    typed("lead", "import", str(folder / "leads.csv"))
    typed("enroll", "calls", "--all")
    typed("tick")
    return folder


@pytest.fixture
def workspace(_at_work: Path, tmp_path: Path) -> Workspace:
    """One of the test's own: a copy, which is in hold from its first pass until a person says that it alone sends."""
    folder = Path(shutil.copytree(_at_work, tmp_path / "w"))
    typed = typed_in(folder)
    typed("tick")
    typed("outbox", "release")
    return Workspace(folder, environment={})


@pytest.fixture
def run(workspace: Workspace) -> Run:
    """Run a command in it."""
    return typed_in(workspace.root)


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def call_of(run: Run, lead: str) -> str:
    return next(str(row["touch"]) for row in rows(run("today", "--all", "--json")) if row["lead"] == lead)


def test_today_has_stable_keys_and_shows_each_owner_their_own(run: Run) -> None:
    everybody = rows(run("today", "--json"))
    stable = {"touch", "lead", "name", "phone", "owner", "due_at", "news", "script", "ask", "kind"}
    assert all(stable <= set(row) for row in everybody)
    assert sorted(row["lead"] for row in everybody) == ["ann", "bea"]
    assert [row["lead"] for row in rows(run("today", "--owner", "bo", "--json"))] == ["bea"]
    assert [row["lead"] for row in rows(run("--as", "aino", "today", "--json"))] == ["ann"]
    assert "Did you mean" in run("today", "--owner", "ainoo", code=1).stderr


def test_done_answers_with_what_follows_and_undo_takes_it_back(run: Run) -> None:
    call = call_of(run, "ann")
    (found,) = rows(run("done", call, "--outcome", "reached", "--minutes", "9", "--said", "Send an offer", "--json"))
    assert (found["touch"], found["state"]) == (int(call), "sent")
    assert found["next_touch"] is not None
    assert run("done", call, "--outcome", "reached", code=8)
    (found,) = rows(run("done", call, "--undo", "--json"))
    assert found["state"] == "offering"
    assert call_of(run, "ann") == call


def test_a_dry_run_changes_nothing(run: Run) -> None:
    call = call_of(run, "ann")
    before = run("outbox", "--json").stdout
    for arguments in (
        ("done", call, "--outcome", "bought"),
        ("log", "ann", "--told", "Hello", "--promise", "Call", "--by", "2 days"),
        ("promise", "add", "ann", "Call", "--by", "2 days"),
        ("complaint", "open", "ann", "Cold cup"),
        ("lead", "lost", "ann"),
        ("lead", "handover", "ann", "bo"),
        ("today", "reassign", "aino", "bo"),
        ("news", "tell", "ann", "The part has come"),
    ):
        (found,) = rows(run(*arguments, "--dry-run", "--json"))
        assert found["dry_run"] is True
    assert run("outbox", "--json").stdout == before
    assert run("promise", "list", "--json").stdout == ""
    assert run("complaint", "list", "--json").stdout == ""
    assert run("log", "--show", "--json").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("done", "9999", "--outcome", "reached"), 1, 'no touch "9999"'),
        (("done", "answer-9"), 1, 'no conversation "9"'),
        (("done", "promise-9"), 1, 'no promise "9"'),
        (("done", "rubbish"), 2, "is no task"),
        (("done", "1", "--outcome", "happy"), 2, "happy"),
        (("done", "1"), 8, "needs an outcome"),
        (("done", "1", "--outcome", "ended"), 8, '"ended"'),
        (("done", "1", "--outcome", "call-back"), 8, "needs a time"),
        (("done", "1", "--call-back", "soon"), 2, "is no time"),
        (("log", "nobody", "--said", "x"), 1, 'no lead "nobody"'),
        (("log", "ann"), 2, "Nothing to write down"),
        (("log", "ann", "--told", "x", "--news", "welcome-pak"), 1, '"welcome-pack"'),
        (("log", "ann", "--promise", "x"), 2, "go together"),
        (("log", "ann", "--said", "x", "--confirm"), 8, "nothing to confirm"),
        (("promise", "add", "ann", "x", "--by", "2020-01-01"), 8, "has passed"),
        (("promise", "add", "ann", "x", "--by", "2 days", "--needs", "billing"), 1, 'no department "billing"'),
        (("promise", "add", "ann", "x", "--by", "2 days", "--owner", "boo"), 1, 'no owner "boo"'),
        (("promise", "keep", "9", "--evidence", "x"), 1, 'no promise "9"'),
        (("promise", "renew", "9", "--by", "2 days"), 2, "--reason"),
        (("complaint", "step", "9", "cause"), 1, 'no complaint "9"'),
        (("complaint", "solve", "9", "--note", "x", "--cool-off", "soon"), 2, "--cool-off"),
        (("lead", "reopen", "ann"), 8, "is not lost"),
        (("lead", "handover", "ann", "aino"), 8, "already"),
        (("today", "reassign", "nobody", "bo"), 1, 'no owner "nobody"'),
        (("news", "tell", "ann", " "), 8, "empty text"),
        (("news", "tell", "ann", "x", "--kind", "pryce"), 2, '"price"'),
    ],
)
def test_a_mistake_is_answered_with_a_sentence_and_a_code(
    run: Run, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    assert sentence in run(*arguments, code=code).stderr


def test_a_promise_goes_from_made_to_renewed_to_kept(run: Run) -> None:
    (made,) = rows(run("--as", "bo", "promise", "add", "ann", "Answer about roaming", "--by", "22:00", "--json"))
    number = str(made["promise"])
    assert (made["owner"], made["state"], made["overdue"]) == ("aino", "open", False)
    (renewed,) = rows(run("promise", "renew", number, "--by", "2 working days", "--reason", "operator", "--json"))
    assert (renewed["renewals"], renewed["renewal_reason"]) == (1, "operator")
    assert [row["promise"] for row in rows(run("promise", "list", "--open", "--json"))] == [made["promise"]]
    assert run("promise", "list", "--overdue", "--json").stdout == ""
    (kept,) = rows(run("promise", "keep", number, "--evidence", "called her", "--json"))
    assert (kept["state"], kept["evidence"]) == ("kept", "called her")
    assert run("promise", "keep", number, "--evidence", "again", code=8)


def test_a_calls_result_may_carry_a_promise_and_a_complaint(run: Run) -> None:
    call = call_of(run, "ann")
    run("done", call, "--outcome", "reached", "--promise", "New cups", code=2)
    said = run(
        "done", call, "--outcome", "reached", "--said", "Cold", "--promise", "New cups", "--by", "2 working days",
        "--complaint", "The cup was cold", "--harm", "high",
    )  # fmt: skip
    assert "complaint 1 is open" in said.stderr
    (promise,) = rows(run("promise", "list", "--json"))
    (case,) = rows(run("complaint", "list", "--json"))
    assert (promise["text"], case["text"], case["harm"]) == ("New cups", "The cup was cold", "high")


def test_a_text_message_from_a_gateway_is_taken_once(run: Run) -> None:
    first = run("inbound", "sms", "--from", "+358401234567", "--id", "g1", "--json", given="STOP\n")
    assert "opted out of sms" in rows(first)[0]["handled"]
    assert rows(run("inbound", "sms", "--from", "+358401234567", "--id", "g1", "--json", given="STOP\n"))[0]["known"]


def test_each_owner_has_addresses_of_their_own_for_promises_and_complaints(run: Run) -> None:
    found = {row["owner"]: row for row in rows(run("inbound", "addresses", "--json"))}
    assert set(found) == {"aino", "bo"}
    assert len({row[what] for row in found.values() for what in ("promise", "complaint")}) == 4


def test_a_complaint_stops_the_call_and_is_worked_through_by_done(run: Run) -> None:
    call = call_of(run, "ann")
    (opened,) = rows(run("complaint", "open", "ann", "Cold cup", "--harm", "high", "--json"))
    assert opened["step"] == "calm"
    first = rows(run("today", "--json"))[0]
    assert (first["touch"], first["kind"]) == ("complaint-1", "complaint")
    assert "held" in run("done", call, "--outcome", "reached", code=8).stderr
    (resumed,) = rows(run("resume", "ann", "--json"))
    assert (resumed["resumed"], resumed["waiting"]) == (0, {"complaint": 1})
    assert "held" in run("done", call, "--outcome", "reached", code=8).stderr
    for step in ("calm", "cause", "solution", "carry_out", "prove"):
        (found,) = rows(run("done", "complaint-1", "--said", f"{step} done", "--json"))
        assert found["outcome"] == step
    assert "complaint solve 1" in rows(run("today", "--json"))[0]["ask"]
    (solved,) = rows(run("complaint", "solve", "1", "--note", "New cups", "--compensation", "a cake", "--json"))
    assert (solved["state"], solved["cause"], solved["compensation"]) == ("solved", "cause done", "a cake")


@pytest.mark.parametrize("way", ["set", "import"])
def test_a_complaint_for_a_company_holds_who_comes_to_it_and_lets_go_who_leaves_it(
    run: Run, tmp_path: Path, way: str
) -> None:
    def moves_to(company: str) -> None:
        if way == "set":
            run("lead", "set", "bea", f"company={company}")
            return
        file = tmp_path / "moved.csv"
        file.write_text(f"external_id,company\nbea,{company}\n", encoding="utf-8")
        run("lead", "import", str(file))

    def state() -> str:
        (enrollment,) = json.loads(run("why", "bea", "--json").stdout)["enrollments"]
        return str(enrollment["state"])

    run("lead", "set", "ann", "company=Acme")
    run("complaint", "open", "ann", "The machine leaks", "--company")
    states = []
    for company in ("Acme", "Other"):
        moves_to(company)
        states.append(state())
    assert states == ["paused", "active"]


def test_what_was_said_is_shown_and_verified(run: Run, workspace: Workspace) -> None:
    run("--as", "aino", "log", "ann", "--said", "Too dear\x1b[31m", "--agreed", "An offer", "--minutes", "12")
    (shown,) = rows(run("log", "ann", "--show", "--json"))
    assert (shown["who"], shown["agreed"], shown["minutes"]) == ("aino", "An offer", 12)
    assert "\x1b" not in run("log", "ann", "--show").stdout
    assert rows(run("log", "--verify", "--json")) == [{"interactions": 1, "erased": 0, "faults": []}]
    with sqlite3.connect(workspace.settings.database_file or "") as database:
        database.execute("UPDATE interaction SET agreed = 'A gift'")
    database.close()
    assert "other texts" in run("log", "--verify", code=1).stdout


def test_working_through_the_list_asks_enters_and_may_be_left_at_any_time(run: Run) -> None:
    given = "reached\nSend an offer\nFriday\n12\nquit\n"
    (counts,) = rows(run("today", "--work", "--all", "--json", given=given))
    assert counts == {"done": 1, "skipped": 0}
    states = sorted(row["state"] for row in rows(run("outbox", "--json")) if row["channel"] == "call")
    assert states == ["offering", "sent"]
    given = "call-back\nnonsense\n"
    result = run("today", "--work", "--all", given=given)
    assert "is no time" in result.stderr
    assert "0 done" in result.stdout


def test_working_through_the_list_stops_cleanly_when_the_input_ends(run: Run) -> None:
    run("today", "--work", "--all", given="reached\n", code=130)
    assert len(rows(run("today", "--all", "--json"))) == 2


def test_the_calendar_is_written_to_a_file_or_shown(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "today.ics"
    run("today", "--all", "--ical", str(file))
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 2
    assert run("today", "--all", "--ical", "-").stdout.startswith("BEGIN:VCALENDAR")
    assert run("today", "--all", "--ical", str(tmp_path / "no" / "x.ics"), code=5)


def test_news_for_one_lead_is_recorded_and_kept_by_the_next_publish(run: Run) -> None:
    (told,) = rows(run("--as", "aino", "news", "tell", "ann", "The part has come", "--json"))
    assert told["news"].startswith("for-")
    run("publish")
    assert run("log", "ann", "--told", "It is here", "--news", told["news"])
    assert "told before" in run("log", "ann", "--told", "Here it is", "--news", told["news"]).stderr
