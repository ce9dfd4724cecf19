"""Lists as they come: encodings, delimiters, broken rows, files that are none."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.errors import FileError
from touches.people.encodings import encoding_of
from touches.people.reading import SourceRow, delimiter_of, open_table


def read(file: Path, encoding: str = "") -> tuple[list[str], list[SourceRow]]:
    with open_table(file, encoding=encoding) as table:
        return table.header, list(table.rows)


def written(folder: Path, data: bytes, name: str = "leads.csv") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


TEXT = "email;first_name\näiti@x.example;Äiti Müller\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_known_by_itself(tmp_path: Path, codec: str) -> None:
    header, rows = read(written(tmp_path, TEXT.encode(codec)))
    assert header == ["email", "first_name"]
    assert rows == [SourceRow(2, ["äiti@x.example", "Äiti Müller"])]


def test_a_named_encoding_overrides_what_the_file_looks_like(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, "email,name\na@x.example,Иван\n".encode("cp1251")), "windows-1251")
    assert rows[0].values == ["a@x.example", "Иван"]


def test_one_spoilt_line_does_not_make_a_utf_8_file_windows_1252(tmp_path: Path) -> None:
    data = "email,name\na@x.example,Mäkinen\nb@x.example,Pöllö\n".encode() + b"c@x.example,\xff\xfe\nd@x.example,D\n"
    _, rows = read(written(tmp_path, data))
    assert [row.problem for row in rows] == [
        "", "", "it has bytes that do not belong to the file's encoding", "",
    ]  # fmt: skip
    assert rows[0].values[1] == "Mäkinen"


def test_a_nul_spoils_its_row_alone(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, b"email,name\na@x.example,A\x00B\nb@x.example,B\n"))
    assert [bool(row.problem) for row in rows] == [True, False]
    assert "NUL" in rows[0].problem


def test_an_unknown_encoding_is_an_error_with_near_words(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r'no encoding "utf-88".*"utf-8"'):
        read(written(tmp_path, b"email\n"), "utf-88")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_of_the_first_line(mark: str) -> None:
    assert delimiter_of(f'"a, b; c|d"{mark}email{mark}x\n') == mark


def test_excels_own_first_line_is_no_header(tmp_path: Path) -> None:
    header, rows = read(written(tmp_path, b"sep=;\r\nemail;name\r\na@x.example;A\r\n"))
    assert header == ["email", "name"]
    assert rows == [SourceRow(3, ["a@x.example", "A"])]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_read(tmp_path: Path, ending: str) -> None:
    _, rows = read(written(tmp_path, ending.join(["email,name", "a@x.example,A", "b@x.example,B", ""]).encode()))
    assert [row.line for row in rows] == [2, 3]


def test_a_quoted_cell_may_have_line_breaks_and_lines_are_still_counted_right(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, b'email,street\na@x.example,"Katu 1\nB 2"\nb@x.example,C\n'))
    assert [(row.line, row.values[1]) for row in rows] == [(2, "Katu 1\nB 2"), (4, "C")]


def test_a_quote_that_is_never_closed_costs_one_row_and_no_other(tmp_path: Path) -> None:
    data = b'email,name\na@x.example,"open\n' + b"".join(b"u%d@x.example,N\n" % n for n in range(10_000))
    _, rows = read(written(tmp_path, data))
    assert [row.line for row in rows if row.problem] == [2]
    assert "quote" in rows[0].problem
    assert len(rows) == 10_001


def test_text_after_a_closing_quote_is_refused(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, b'email,name\na@x.example,"A" B\nb@x.example,"B"\n'))
    assert [bool(row.problem) for row in rows] == [True, False]


def test_too_long_rows_and_cells_are_refused_one_by_one(tmp_path: Path) -> None:
    data = b"email,name\na@x.example," + b"x" * 5000 + b"\nb@x.example," + b"y" * 300_000 + b"\nc@x.example,C\n"
    _, rows = read(written(tmp_path, data))
    assert [(row.line, bool(row.problem)) for row in rows] == [(2, True), (3, True), (4, False)]
    assert len(rows[1].values[0]) <= 4096


def test_a_row_with_a_million_cells_is_refused(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, b"email,name\n" + b"," * 60_000 + b"x\nc@x.example,C\n"))
    assert "cells" in rows[0].problem
    assert not rows[1].problem


def test_empty_rows_are_no_rows(tmp_path: Path) -> None:
    _, rows = read(written(tmp_path, b"email,name\n\n,,\n , \na@x.example,A\n\n"))
    assert [row.line for row in rows if row.values != [" ", " "]] == [5]


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"", "empty"), (b"PK\x03\x04rest", "ZIP"), (b"\x1f\x8brest", "gzip"), (b"%PDF-1.7", "PDF"), (b"\n\n", "nothing")],
)
def test_a_file_that_is_no_list_is_named_for_what_it_is(tmp_path: Path, data: bytes, word: str) -> None:
    with pytest.raises(FileError, match=word):
        read(written(tmp_path, data))


def test_only_ordinary_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for file in (tmp_path, tmp_path / "pipe.csv", Path("/dev/zero"), tmp_path / "missing.csv"):
        with pytest.raises(FileError):
            read(file)


def test_a_link_to_a_list_is_a_list(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(written(tmp_path, b"email\na@x.example\n"))
    assert len(read(tmp_path / "link.csv")[1]) == 1


def test_xlsx_cells_read_as_a_csv_export_would_have_them(tmp_path: Path) -> None:
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["email", "phone", "visited", "vip"])
    book.active.append(["a@x.example", 358401234567, datetime(2026, 11, 2), True])
    book.active.append([None, None, None, None])
    book.active.append(["b@x.example", 12.5, None, None])
    book.save(tmp_path / "leads.xlsx")
    header, rows = read(tmp_path / "leads.xlsx")
    assert header == ["email", "phone", "visited", "vip"]
    assert rows[0] == SourceRow(2, ["a@x.example", "358401234567", "2026-11-02", "yes"])
    assert rows[1] == SourceRow(4, ["b@x.example", "12.5"])


def test_a_csv_called_xlsx_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"no \.xlsx"):
        read(written(tmp_path, b"email\na@x.example\n", "leads.xlsx"))


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=20), mark=st.sampled_from(",;\t|"))
def test_whatever_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], mark: str
) -> None:
    import csv

    file = tmp_path_factory.mktemp("t") / "leads.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, delimiter=mark).writerows([["email", "name"], *rows])
    found = [row.values for row in read(file, "utf-8")[1]]
    assert found == [row for row in rows if any(row)]


def test_encoding_is_found_without_reading_everything_into_memory(tmp_path: Path) -> None:
    file = written(tmp_path, b"email\n" + b"a@x.example\n" * 500_000)
    assert encoding_of(file).codec == "utf-8"


def test_a_disk_that_fails_in_the_middle_of_a_list_is_told_with_the_file_s_name(tmp_path: Path) -> None:
    file = written(tmp_path, b"email,name\n" + b"a@x.example,Ann\n" * 50_000)
    with open_table(file) as table:
        first = next(table.rows)
        folder = os.open(tmp_path, os.O_RDONLY)
        for link in Path("/proc/self/fd").iterdir():
            if link.is_symlink() and link.readlink() == file:
                os.dup2(folder, int(link.name))  # nothing can be read there
        os.close(folder)
        with pytest.raises(FileError, match=r'Cannot read ".*leads\.csv": is a directory\.'):
            list(table.rows)
    assert first.values == ["a@x.example", "Ann"]
