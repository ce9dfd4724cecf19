"""`touches serve` as people run it: beside other commands on one SQLite file, until SIGTERM."""

import json
import os
import re
import selectors
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.acceptance.conftest import Touches
from tests.integration.web.live import form_token

PASSWORD = "seven touches to a decision"
WEB = '\n[web]\nbase_url = "http://127.0.0.1:1"\nbind = "127.0.0.1:0"\n'
SMS = '\n[channels.sms]\nprovider = "kannel"\nurl = "http://127.0.0.1:1/"\n'


@pytest.fixture
def folder(touches: Touches, tmp_path: Path) -> Path:
    """A workspace with [web]."""
    touches("init", "w", "--name", "Kahvila Oy")
    settings = tmp_path / "w" / "touches.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + WEB, encoding="utf-8")
    return tmp_path / "w"


@contextmanager
def serving(command: str, folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The process and its address, once it listens."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TOUCHES_")}
    process = subprocess.Popen([command, "serve"], cwd=folder, env=kept, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        with selectors.DefaultSelector() as waiting:
            waiting.register(process.stderr, selectors.EVENT_READ)
            assert waiting.select(timeout=60), "nothing was said for a minute"
        line = process.stderr.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + process.stderr.read()
        yield found[0], process
    finally:
        process.kill()
        process.wait(timeout=20)
        process.stderr.close()


def test_a_user_logs_in_while_other_commands_work_and_sigterm_is_a_polite_end(
    touches: Touches, command: str, folder: Path
) -> None:
    touches("web", "user", "add", "aino", "--role", "manager", "--password-stdin", folder=folder, given=PASSWORD + "\n")
    with serving(command, folder) as (url, process), httpx2.Client(base_url=url, timeout=30) as client:
        assert client.get("/healthz").json()["status"] == "ok"
        token = form_token(client.get("/login").text)
        fields = {"name": "aino", "password": PASSWORD, "form_token": token}
        assert client.post("/login", data=fields).status_code == 303
        (folder / "leads.csv").write_text("external_id,email,first_name\nK-1,liisa@shop.test,Liisa\n", encoding="utf-8")
        touches("lead", "import", "leads.csv", folder=folder)
        touches("tick", folder=folder)
        assert "Liisa" in client.get("/leads", params={"q": "liisa"}).text
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    assert "Traceback" not in (process.stderr.read() if process.stderr and not process.stderr.closed else "")


def test_removing_a_user_ends_the_login_at_once(touches: Touches, command: str, folder: Path) -> None:
    touches("web", "user", "add", "aino", "--password-stdin", folder=folder, given=PASSWORD + "\n")
    with serving(command, folder) as (url, _), httpx2.Client(base_url=url, timeout=30) as client:
        token = form_token(client.get("/login").text)
        client.post("/login", data={"name": "aino", "password": PASSWORD, "form_token": token})
        assert client.get("/care").status_code == 200
        touches("web", "user", "remove", "aino", folder=folder)
        assert client.get("/care").status_code == 303


def test_users_are_kept_from_the_command_line(touches: Touches, folder: Path) -> None:
    def web(*words: str, given: str = "", code: int = 0) -> str:
        ran = touches("web", "user", *words, folder=folder, given=given, code=code)
        return ran.out + ran.err

    web("add", "aino", "--password-stdin", given=PASSWORD)
    assert "already" in web("add", "aino", "--password-stdin", given=PASSWORD, code=8)
    assert "10 or more" in web("add", "eero", "--password-stdin", given="short", code=8)
    web("add", "liisa", "--password-stdin", "--dry-run", given=PASSWORD)
    web("role", "aino", "manager")
    (row,) = touches("web", "user", "list", "--json", folder=folder).rows
    assert (row["user"], row["role"]) == ("aino", "manager")
    assert "hash" not in json.dumps(row)
    assert 'Did you mean "aino"?' in web("password", "ain", "--password-stdin", given=PASSWORD, code=1)
    web("password", "aino", "--password-stdin", given=PASSWORD + "!")
    web("remove", "aino")
    assert touches("web", "user", "list", "--json", folder=folder).rows == []


def test_without_web_settings_there_is_nothing_to_serve(touches: Touches, tmp_path: Path) -> None:
    touches("init", "w")
    assert "no [web] in touches.toml" in touches("serve", folder=tmp_path / "w", code=3).err


def test_an_address_that_is_taken_is_a_sentence(touches: Touches, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        assert f'Cannot listen on "{bind}"' in touches("serve", "--bind", bind, folder=folder, code=3).err
    assert "--bind" in touches("serve", "--bind", "nowhere", folder=folder, code=2).err


def test_the_addresses_for_the_provider_are_told(touches: Touches, folder: Path) -> None:
    assert touches("web", "addresses", "--json", folder=folder).document == {"dashboard": "http://127.0.0.1:1/"}
    settings = folder / "touches.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + SMS, encoding="utf-8")
    told = touches("web", "addresses", "--json", folder=folder).document
    assert re.fullmatch(
        r"http://127\.0\.0\.1:1/sms/inbound/kannel\?token=[0-9a-f]{32}&from=%p&to=%P&text=%b&charset=%C&coding=%c&id=%I&time=%t",
        told["inbound_sms"],
    )


def test_the_engines_figures_are_served_to_this_machine(touches: Touches, command: str, folder: Path) -> None:
    (folder / "leads.csv").write_text("external_id,email\nK-1,liisa@shop.test\n", encoding="utf-8")
    touches("lead", "import", "leads.csv", folder=folder)
    with serving(command, folder) as (url, _), httpx2.Client(base_url=url, timeout=30) as client:
        answer = client.get("/metrics")

        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert "touches_stopped 0.0" in answer.text.splitlines()
        assert "liisa" not in answer.text
        assert client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 404
