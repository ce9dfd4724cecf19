"""What people get wrong: each is a sentence and an exit code of the table, and nothing is lost."""

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.conftest import Touches

GARBAGE = bytes(range(1, 256)) * 300


@pytest.fixture(scope="module")
def made_shop(command: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one lead, made once."""
    folder = tmp_path_factory.mktemp("made")
    subprocess.run([command, "init", "shop"], cwd=folder, check=True, capture_output=True)
    add = [command, "lead", "add", "--external-id", "L1", "--email", "ann@customer.test"]
    subprocess.run(add, cwd=folder / "shop", check=True, capture_output=True)
    return folder / "shop"


@pytest.fixture
def shop(made_shop: Path, tmp_path: Path) -> Path:
    """A workspace of the test's own."""
    return Path(shutil.copytree(made_shop, tmp_path / "shop"))


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (("lead", "show", "nobody"), 1, 'There is no lead "nobody"'),
        (("why", "#²"), 1, 'There is no lead "#²"'),
        (("why", "#99999999999999999999999"), 1, "There is no lead"),
        (("why", ""), 1, "There is no lead"),
        (("enroll", "new-laed", "L1"), 1, 'no policy "new-laed"'),
        (("outbox", "resolve", "9" * 30, "--arrived"), 2, "is not in the range"),
        (("promise", "keep", "9" * 30, "--evidence", "x"), 2, "is not in the range"),
        (("complaint", "solve", "9" * 30), 2, "9999"),
        (("outbox", "--state", "flying"), 2, 'there is no state "flying"'),
        (("promise", "add", "L1", " ", "--by", "tomorrow"), 8, "without words"),
        (("promise", "add", "L1", "x", "--by", "2027-02-30 10:00"), 2, "is no time"),
        (("activity", "add", "L1", "purchase", "--at", "2099-01-01"), 2, "is in the future"),
        (("lead", "add", "--email", "a@b.test", "--country", "Atlantis"), 1, "is no country"),
        (("lead", "import", "missing.csv"), 5, 'Cannot read "missing.csv"'),
        (("lead", "import", "."), 5, "is a folder"),
        (("lead", "show", b"\xff\xfe"), 2, "is no UTF-8 text"),
        (("db", "restore", "missing.db", "--yes"), 5, 'There is no file "missing.db"'),
        (("db", "backup", "/nonexistent/b.db"), 5, 'There is no folder "/nonexistent"'),
        (("simulate", "--days", "-5"), 2, "-5 is not in the range"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    command: str, shop: Path, line: tuple[str | bytes, ...], code: int, said: str
) -> None:
    done = subprocess.run([command, *line], cwd=shop, capture_output=True, check=False, timeout=120)
    err = done.stderr.decode()
    assert done.returncode == code, err
    assert said in err
    assert "Internal error" not in err
    assert "Traceback" not in err


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def torn(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:4096] + GARBAGE + data[4096 + len(GARBAGE) :])


def no_database(file: Path) -> None:
    file.write_bytes(b"this is not a database, really not")


@pytest.mark.parametrize(
    ("harm", "said"),
    [(newer, "Install the newer version"), (torn, "is damaged"), (no_database, "is no database")],
)
@pytest.mark.parametrize("line", [("lead", "list"), ("tick",), ("db", "check"), ("publish",)])
def test_a_database_that_cannot_be_used_is_said_and_left_alone(
    touches: Touches, shop: Path, harm: Callable[[Path], None], said: str, line: tuple[str, ...]
) -> None:
    database = shop / "touches.db"
    touches("lead", "list", folder=shop)
    harm(database)
    before = database.read_bytes()
    ran = touches(*line, folder=shop, code=None)
    assert ran.code == (1 if line == ("db", "check") and harm is newer else 4)
    assert said in ran.out + ran.err
    assert "db upgrade" not in ran.out + ran.err
    assert database.read_bytes() == before


def test_a_damaged_database_is_named_when_it_is_to_be_backed_up(touches: Touches, shop: Path) -> None:
    torn(shop / "touches.db")
    err = touches("db", "backup", "b.db", folder=shop, code=4).err
    assert str(shop / "touches.db") in err
    assert "restore" in err
    assert [file.name for file in shop.iterdir() if "b.db" in file.name] == []


@pytest.mark.parametrize("text", [b"\xff\xff", b"zz", b"no hexadecimal digits are in this line of text ........", b""])
def test_a_key_that_is_none_is_a_sentence(touches: Touches, shop: Path, text: bytes) -> None:
    (shop / "secret.key").write_bytes(text)
    err = touches("tick", folder=shop, code=3).err
    assert "secret.key" in err
    assert "restore it from a backup" in err


def test_errors_of_files_stop_publish_and_each_is_told_once(touches: Touches, shop: Path) -> None:
    (shop / "policies" / "half.yaml").write_text("policy: half\ntouches:\n  - id: a\n    day:", encoding="utf-8")
    (shop / "policies" / "twin.yaml").write_text(
        "policy: new-lead\ntouches:\n  - {id: a, day: 0, channel: email, news: any, ask: Reply.}\n", encoding="utf-8"
    )
    (shop / "news" / "latin.md").write_bytes(b"---\nkind: schedule\nheadline: Caf\xe9\n---\nx\n")
    err = touches("publish", folder=shop, code=1).err
    for place in ("policies/half.yaml:4:5: error", "policies/twin.yaml:1:9: error", "news/latin.md:3:14: error"):
        assert err.count(place) == 1, err
    assert "nothing was published" in err
    assert touches("news", "list", "--json", folder=shop).rows[0]["state"] != "published"


def test_a_process_without_streams_works(command: str, shop: Path) -> None:
    for closed, code in (("<&-", 0), (">&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 0)):
        done = subprocess.run(["bash", "-c", f"'{command}' lead list {closed}"], cwd=shop, check=False)
        assert done.returncode == code, closed
    for line in ("inbound mail <&-", "enroll new-lead --file - <&-"):
        done = subprocess.run(["bash", "-c", f"'{command}' {line}"], cwd=shop, capture_output=True, check=False)
        assert done.returncode in (0, 1, 2)  # nobody published the policy, and nothing is no message
        assert b"Internal error" not in done.stderr


@pytest.mark.parametrize("locale", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"LC_ALL": "C"}])
def test_names_survive_any_locale(touches: Touches, shop: Path, locale: dict[str, str]) -> None:
    touches("lead", "add", "--external-id", "L2", "--first-name", "Zoë 刘", folder=shop, environment=locale)
    shown = touches("lead", "show", "L2", "--json", folder=shop, environment=locale)
    assert shown.document["first_name"] == "Zoë 刘"
    assert touches("lead", "list", folder=shop, environment=locale).code == 0


def test_a_list_that_is_not_read_to_its_end_is_no_complaint(command: str, touches: Touches, shop: Path) -> None:
    rows = "".join(f"E{number},e{number}@customer.test\n" for number in range(5000))
    (shop / "many.csv").write_text("external_id,email\n" + rows, encoding="utf-8")
    touches("lead", "import", "many.csv", folder=shop)
    pipe = f"'{command}' lead list | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", pipe], cwd=shop, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] in {"0", "141"}
    assert done.stderr == ""
