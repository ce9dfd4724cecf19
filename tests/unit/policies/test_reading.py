from pathlib import Path

import pytest

from policies.reading import MOST_BYTES, decoded, path_text, read_text_file


def test_utf_8_is_read_with_and_without_a_byte_order_mark() -> None:
    assert decoded(b"\xef\xbb\xbfa: \xc3\xa4", file="f").text == "a: ä"
    assert decoded("a: ä".encode(), file="f").text == "a: ä"


@pytest.mark.parametrize(
    ("raw", "code", "place"),
    [
        ("a: ä\nb: ö".encode("latin-1"), "wrong-encoding", (1, 4)),
        ("a: 1\nb: ö".encode("latin-1"), "wrong-encoding", (2, 4)),
        ("a: 1".encode("utf-16"), "wrong-encoding", (1, 1)),
        (b"a: 1\nb: \x00", "nul-byte", (2, 4)),
        (b"a: \x07", "control-character", (1, 4)),
        (b"#" * (MOST_BYTES + 1), "too-big", (1, 1)),
    ],
)
def test_bytes_that_are_no_text_are_one_finding(raw: bytes, code: str, place: tuple[int, int]) -> None:
    finding = decoded(raw, file="f").finding
    assert finding is not None
    assert (finding.code, (finding.line, finding.column)) == (code, place)


def test_a_file_of_exactly_the_limit_is_read() -> None:
    assert decoded(b"#" * MOST_BYTES, file="f").finding is None


@pytest.mark.parametrize(
    ("name", "code"),
    [("missing.yaml", "not-found"), ("", "not-a-file"), ("a\0b", "unreadable-file"), ("x" * 300, "unreadable-file")],
)
def test_what_is_no_file_is_a_finding(tmp_path: Path, name: str, code: str) -> None:
    finding = read_text_file(tmp_path / name if name else tmp_path).finding
    assert finding is not None
    assert finding.code == code


def test_a_device_is_not_read() -> None:
    finding = read_text_file(Path("/dev/zero")).finding
    assert finding is not None
    assert finding.code == "not-a-file"


def test_a_path_is_printed_as_people_point_at_it() -> None:
    assert path_text(("touches", 3, "news", "kind", 0)) == "touches[3].news.kind[0]"
