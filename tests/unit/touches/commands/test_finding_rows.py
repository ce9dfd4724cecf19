"""Findings as they are shown."""

from pathlib import Path

from policies.findings import Finding, Severity
from touches.commands.policies import finding_row


def test_files_of_the_workspace_are_named_from_its_root_also_inside_the_message() -> None:
    told = '"a" seems to say the same as "b" (/home/aino/work/news/b.md:3:1)'
    found = Finding("/home/aino/work/news/a.md", 3, 1, Severity.ERROR, "look-alike-news", told)
    row = finding_row(found, Path("/home/aino/work"))
    assert row["file"] == "news/a.md"
    assert "(news/b.md:3:1)" in row["message"]
