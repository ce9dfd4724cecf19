"""A secret shows itself only when asked."""

import copy
import pickle
from pathlib import Path

import pytest

from touches.errors import SettingsError
from touches.settings.secret import Secret, is_private, read_secret


@pytest.mark.parametrize("written", [str, repr, "{}".format, "{!r:>40}".format, lambda s: f"{s:10}"])
def test_a_secret_is_never_written(written: object) -> None:
    assert "hunter2" not in written(Secret("hunter2"))  # type: ignore[operator]


def test_a_secret_cannot_be_pickled_or_copied_into_a_file() -> None:
    for write in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError, match="secret"):
            write(Secret("hunter2"))


def test_a_text_loses_every_living_secret() -> None:
    first, second = Secret("open-sesame"), Secret("open-sesame")
    assert Secret.hide_all("535 bad login open-sesame") == "535 bad login [secret]"
    del first
    assert Secret.hide_all("535 bad login open-sesame") == "535 bad login [secret]"
    assert second.reveal() == "open-sesame"


@pytest.mark.parametrize("text", ["p\n", "p", "p\r\nnot this\n"])
def test_a_password_is_the_first_line_of_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "pw").write_text(text)
    assert read_secret(tmp_path / "pw", setting="x").reveal() == "p"


@pytest.mark.parametrize("text", ['with "quotes"', "100%", "$HOME", "pässwörd", " spaces "])
def test_a_password_may_hold_anything_on_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "pw").write_text(text + "\n", encoding="utf-8")
    assert read_secret(tmp_path / "pw", setting="x").reveal() == text


def test_a_password_file_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    for name, found in {"empty": "is empty", "missing": "no such file", "binary": "not UTF-8"}.items():
        with pytest.raises(SettingsError, match=found) as caught:
            read_secret(tmp_path / name, setting="[channels.email] password_file")
        assert "[channels.email] password_file" in str(caught.value)


@pytest.mark.parametrize(("mode", "private"), [(0o600, True), (0o400, True), (0o640, False), (0o604, False)])
def test_a_file_is_private_when_only_its_owner_reads_it(tmp_path: Path, mode: int, private: bool) -> None:
    file = tmp_path / "pw"
    file.touch()
    file.chmod(mode)
    assert is_private(file) is private
