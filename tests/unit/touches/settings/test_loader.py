"""touches.toml: strictly read, all mistakes at once, each with its line."""

from pathlib import Path

import pytest

from touches.errors import SettingsError
from touches.settings.loader import load_settings
from touches.settings.model import Settings

LEAST = """\
[workspace]
name = "Kahvila Oy"
timezone = "Europe/Helsinki"
country = "FI"

[sender]
name = "Aino"
email = "aino@kahvila.example"
postal_address = "Esimerkkikatu 1, Helsinki"
"""


def load(folder: Path, text: str | bytes = LEAST, **environment: str) -> Settings:
    (folder / "touches.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    return load_settings(folder, environment)


def refused(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(folder, text)
    return [problem.removeprefix(f"{folder}/") for problem in caught.value.problems] or [str(caught.value)]


def test_only_workspace_and_sender_are_required(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.channels.email is None
    assert settings.channels.letter.post_days == 2
    assert settings.database_url == f"sqlite:///{tmp_path}/touches.db"
    assert settings.database_file == tmp_path / "touches.db"
    assert str(settings.zone) == "Europe/Helsinki"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load(tmp_path, b"\xef\xbb\xbf" + LEAST.encode()).workspace.country == "FI"


def test_an_unknown_key_is_shown_with_its_line_and_the_near_word(tmp_path: Path) -> None:
    assert refused(tmp_path, LEAST + "[channels.email]\nprot = 25\n") == [
        'touches.toml:11: [channels.email] prot: unknown key. Did you mean "port"?'
    ]
    assert refused(tmp_path, LEAST + "[channels.emial]\n") == [
        'touches.toml:10: [channels] emial: unknown key. Did you mean "email"?'
    ]
    assert refused(tmp_path, LEAST + '[owners.aino]\nname = "A"\nemail = "a@b"\nperday = 3\n') == [
        'touches.toml:13: [owners.aino] perday: unknown key. Did you mean "per_day"?'
    ]


def test_all_mistakes_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    wrong = LEAST.replace("Europe/Helsinki", "Europe/Helsinky").replace('country = "FI"', "country = 3")
    found = refused(tmp_path, wrong + '[limits]\nfree_space = "lots"\n[pacing]\nmin_gap = 5\n')
    assert [line.partition(": ")[0] for line in found] == [f"touches.toml:{number}" for number in (3, 4, 11, 13)]


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ('[channels.email]\nport = "25"\n', 'found "25", expected a whole number'),
        ("[channels.email]\nport = 0\n", "found 0, expected at least 1"),
        ("[channels.email]\nport = true\n", "found true, expected a whole number"),
        ('[channels.email]\nsecurity = "ssl"\n', 'expected "none", "starttls" or "tls"'),
        ('[alerts]\nto = "ops@x.example"\n', "expected a list"),
        ('[alerts]\nto = ["ops"]\n', 'found "ops", expected one mail address'),
        ("[channels]\nemail = 3\n", "found 3, expected a section"),
        ('[calendar]\nclosed = ["2026-02-30"]\n', 'found "2026-02-30"'),
        ("[calendar]\nclosed = [2026-12-24T10:00:00]\n", "expected a day"),
        ('[schedule]\nemail = "sometimes"\n', 'found "sometimes"'),
        ('[law]\nenforce = ["UK"]\n', 'Did you mean "GB"?'),
    ],
)
def test_a_wrong_value_is_quoted_with_what_was_expected(tmp_path: Path, added: str, expected: str) -> None:
    (found,) = refused(tmp_path, LEAST + added)
    assert expected in found


def test_a_missing_key_is_named_at_its_section(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, LEAST.replace('name = "Aino"\n', ""))
    assert found == "touches.toml:6: [sender] name: this is required and missing"


def test_text_that_is_no_toml_is_shown_with_its_line(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, LEAST + "[channels.email\n")
    assert found.startswith("touches.toml:10: this is not TOML")


def test_a_section_written_twice_is_named(tmp_path: Path) -> None:
    (found,) = refused(tmp_path, LEAST + "[channels.email]\n[channels.email]\n")
    assert found == "touches.toml:11: this is not TOML: cannot declare [channels.email] twice"


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    assert "is not UTF-8 text" in refused(tmp_path, LEAST.encode("utf-16"))[0]
    assert "is not UTF-8 text: byte" in refused(tmp_path, LEAST.replace("Aino", "Äino").encode("cp1252"))[0]


def test_dates_may_be_written_with_or_without_quotes(tmp_path: Path) -> None:
    settings = load(tmp_path, LEAST + '[calendar]\nclosed = ["2026-12-24", 2026-12-31]\n')
    assert [day.isoformat() for day in settings.calendar.closed] == ["2026-12-24", "2026-12-31"]


def test_the_environment_names_another_database(tmp_path: Path) -> None:
    assert load(tmp_path, TOUCHES_DATABASE="postgresql://h/n").database_url == "postgresql+psycopg://h/n"
    with pytest.raises(SettingsError, match=r"\[workspace\] database"):
        load(tmp_path, TOUCHES_DATABASE="oracle://h/n")


def test_a_password_comes_from_the_environment_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "pw").write_text("from the file\n")
    text = LEAST + '[channels.email]\npassword_file = "pw"\n'
    assert load(tmp_path, text).password("email").reveal() == "from the file"
    settings = load(tmp_path, text, TOUCHES_EMAIL_PASSWORD="from outside")
    assert settings.password("email").reveal() == "from outside"
    assert "from outside" not in repr(settings)
    assert not settings.password("sms")


def test_settings_load_without_access_to_the_password(tmp_path: Path) -> None:
    settings = load(tmp_path, LEAST + '[channels.email]\npassword_file = "elsewhere"\n')
    with pytest.raises(SettingsError, match="elsewhere"):
        settings.password("email")


def test_paths_are_taken_from_the_workspace(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.path("outbox/letters") == tmp_path / "outbox/letters"
    assert settings.path("/var/spool") == Path("/var/spool")


def test_the_example_of_every_section_is_taken(tmp_path: Path) -> None:
    sections = """
[channels.email]
[channels.sms]
provider = "kannel"
[channels.letter]
[channels.call]
[channels.fax]
gateway = "{number}@fax.example"
[owners.aino]
name = "Aino Virtanen"
email = "aino@kahvila.example"
absent = ["2027-07-01..2027-07-28"]
[departments.billing]
email = "billing@kahvila.example"
[pacing]
min_gap = "20 hours"
warm_up = "50 per day, doubling weekly"
[marketing]
digest_to = ["marketing@kahvila.example"]
[complaints]
contact = "complaints@kahvila.example"
[dnc.US]
snapshot = "dnc.txt"
date = 2026-11-01
[inbound.imap]
[web]
base_url = "https://touch.kahvila.example"
"""
    settings = load(tmp_path, LEAST + sections)
    assert all(getattr(settings, name) is not None for name in Settings.model_fields)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('[channels.email]\nhost = "mail..example.com"', 'expected a host as "mail.example.com"'),
        ('[channels.email]\nhost = "mail.example.com\\r\\n"', 'expected a host as "mail.example.com"'),
        ('[inbound.imap]\nhost = "' + "x" * 70 + '"', 'expected a host as "mail.example.com"'),
        ("[channels.email]\nconnections = 1001", "expected at most 1000"),
        ("[channels.email]\nper_day = " + "9" * 30, "expected at most 1000000000"),
        ("[channels.letter]\npost_days = 99999999999", "expected at most 60"),
        ('[channels.letter]\nspool = "a\\u0000b"', "expected a text on one line"),
        ('[channels.email]\npassword_file = "\\u0000"', "expected a text on one line"),
        ('[pacing]\nmin_gap = "999999999 weeks"', "expected at most 3650 days"),
        ('[owners.aino]\nname = "Aino\\r\\nBcc: x@y.example"\nemail = "a@b.example"', "expected a text on one line"),
        ("[news]\nkinds = []", "expected at least one"),
        ('[web]\nbase_url = "https://[::1"', 'expected an address as "https://touch.example"'),
    ],
)
def test_what_could_never_work_is_refused_here_and_not_in_the_middle_of_sending(
    tmp_path: Path, line: str, expected: str
) -> None:
    (problem,) = refused(tmp_path, f"{LEAST}{line}\n")
    assert problem.startswith("touches.toml:11: ")
    assert expected in problem


@pytest.mark.parametrize("address", ["https://[::1]:8080/t", "https://touch.example", "http://10.0.0.1:80"])
def test_addresses_of_all_kinds_are_taken(tmp_path: Path, address: str) -> None:
    settings = load(tmp_path, f'{LEAST}[web]\nbase_url = "{address}"\n[channels.email]\nhost = "::1"\n')
    assert (settings.web and settings.web.base_url, settings.channels.email and settings.channels.email.host) == (
        address,
        "::1",
    )
