"""Channels by name."""

import sys
from pathlib import Path

import pytest

from channels.errors import ChannelSettingsError, MissingExtraError
from channels.protocol import Channel
from channels.registry import OURS, channel_class, channel_names, sms_providers


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that Python sees as installed packages."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def install(folder: Path, *, lines: str, module: str = "") -> None:
    info = folder / "pigeon-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pigeon\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[touches.channels]\n{lines}\n")
    if module:
        (folder / "pigeon_channel.py").write_text(module)


@pytest.mark.parametrize("name", sorted(set(OURS) - {"email"}))
def test_each_of_our_names_is_a_channel(name: str) -> None:
    methods = {"prepare", "hand_over", "close"}
    assert methods <= set(dir(channel_class(name)))


def test_calls_and_meetings_need_nothing_and_are_channels() -> None:
    assert isinstance(channel_class("call")(), Channel)
    assert channel_class("meeting")().name == "meeting"


def test_the_providers_of_sms_are_known_by_their_short_names() -> None:
    assert {"kannel", "twilio"} <= set(sms_providers())


def test_a_near_miss_is_told_the_right_name() -> None:
    with pytest.raises(ChannelSettingsError, match=r"no channel 'leter'; did you mean 'letter'\?"):
        channel_class("leter")


def test_a_stranger_is_told_all_names() -> None:
    with pytest.raises(ChannelSettingsError, match="there are call, email, fax"):
        channel_class("zzzzzz")


def test_another_package_can_bring_a_channel(installed: Path) -> None:
    install(installed, lines="pigeon = pigeon_channel:Pigeon", module="class Pigeon:\n    name = 'pigeon'\n")
    assert "pigeon" in channel_names()
    assert channel_class("pigeon").name == "pigeon"
    del sys.modules["pigeon_channel"]


def test_another_package_cannot_take_one_of_our_names(installed: Path) -> None:
    install(installed, lines="letter = pigeon_channel:Pigeon", module="class Pigeon: ...\n")
    assert channel_class("letter").__module__ == "channels.letter.channel"


def test_a_missing_extra_is_a_sentence_with_the_command(installed: Path) -> None:
    install(installed, lines="smpp = no_such_module_here:Smpp [smpp]")
    with pytest.raises(MissingExtraError, match=r"pip install 'touches\[smpp\]'"):
        channel_class("smpp")


def test_a_package_that_is_half_there_is_named(installed: Path) -> None:
    install(installed, lines="pigeon = no_such_module_here:Pigeon")
    with pytest.raises(ChannelSettingsError, match="no module 'no_such_module_here'"):
        channel_class("pigeon")


def test_what_is_no_class_is_refused(installed: Path) -> None:
    install(installed, lines="pigeon = json:dumps")
    with pytest.raises(ChannelSettingsError, match="json:dumps is no class"):
        channel_class("pigeon")
