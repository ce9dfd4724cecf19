"""People, what they did and the database that holds them, by the installed command."""

from pathlib import Path

from tests.acceptance.conftest import Touches

LEADS = (
    "external_id,email,phone,first_name,country,Colour\nA1,ann@a.test,0401234567,Ann,FI,=red\nB1,bob@b.test,,Bob,DE,\n"
)
DEEDS = "lead,kind,at,amount\nA1,purchase,2026-01-05 10:00,12.50\nnobody,purchase,2026-01-05,1\n"


def test_a_lead_comes_changes_and_goes(touches: Touches, tmp_path: Path) -> None:
    touches("init", "w")
    w = tmp_path / "w"
    (w / "leads.csv").write_text(LEADS, encoding="utf-8")
    touches("lead", "import", "leads.csv", folder=w)
    touches("lead", "add", "--external-id", "A2", "--email", "ann2@a.test", "--first-name", "Anna", folder=w)
    touches("lead", "set", "A1", "city=Oulu", folder=w)
    assert touches("lead", "show", "+358 40 123 4567", "--json", folder=w).document["city"] == "Oulu"
    assert touches("why", "040 1234567", folder=w).out.startswith("A1"), "a phone as people write it, in any command"

    exported = touches("lead", "export", "--all", "--format", "csv", folder=w).out
    (w / "again.csv").write_text(exported, encoding="utf-8")
    again = touches("lead", "import", "again.csv", "--json", folder=w).document
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 3)

    touches("lead", "merge", "A1", "A2", folder=w)
    touches("lead", "erase", "B1", "--yes", folder=w)
    assert "bob@b.test" not in touches("lead", "list", "--json", folder=w).out
    assert len(touches("lead", "list", "--json", folder=w).rows) == 1


def test_consent_stands_on_record_for_one_address_with_its_evidence_and_its_end(
    touches: Touches, tmp_path: Path
) -> None:
    touches("init", "w")
    w = tmp_path / "w"
    touches("lead", "add", "--external-id", "A1", "--email", "ann@a.test", "--phone", "+358401234567", folder=w)
    given = ("express", "--source", "trade fair", "--evidence", "recording 17", "--until", "2099-03-01")
    touches("lead", "consent", "A1", *given, "--point", "+358 40 123 4567", folder=w)
    email, phone = touches("lead", "show", "A1", "--json", folder=w).document["contact_points"]
    assert (email["kind"], email["consent"]) == ("email", "")
    assert (phone["consent"], phone["consent_evidence"]) == ("express", "recording 17")
    assert phone["consent_until"] == "2099-03-01T00:00:00+00:00"

    touches("lead", "consent", "A1", "none", folder=w)
    points = touches("lead", "show", "A1", "--json", folder=w).document["contact_points"]
    assert [(point["consent"], point["consent_evidence"]) for point in points] == [("none", ""), ("none", "")]


def test_activities_come_by_hand_and_by_file_once_each(touches: Touches, tmp_path: Path) -> None:
    touches("init", "w")
    w = tmp_path / "w"
    (w / "leads.csv").write_text(LEADS, encoding="utf-8")
    (w / "deeds.csv").write_text(DEEDS, encoding="utf-8")
    touches("lead", "import", "leads.csv", folder=w)
    taken = touches("activity", "import", "deeds.csv", "--json", folder=w).document
    assert (taken["new"], taken["rejected"]) == (1, 1)
    assert "nobody" in (w / "deeds.rejected.csv").read_text(encoding="utf-8")
    assert touches("activity", "import", "deeds.csv", "--json", folder=w).document["new"] == 0
    by_hand = ("activity", "add", "B1", "visit", "--at", "2026-02-01 09:00", "--json")
    assert touches(*by_hand, folder=w).document["new"] is True
    assert touches(*by_hand, folder=w).document["new"] is False


def test_a_backup_brings_back_what_was_lost_in_hold(touches: Touches, tmp_path: Path) -> None:
    touches("init", "w")
    w = tmp_path / "w"
    touches("lead", "add", "--external-id", "A1", "--email", "ann@a.test", folder=w)
    touches("db", "backup", "b.db", folder=w)
    touches("lead", "erase", "A1", "--yes", folder=w)
    assert touches("lead", "list", "--json", folder=w).rows == []
    assert "--yes" in touches("db", "restore", "b.db", folder=w, code=8).err
    touches("db", "restore", "b.db", "--yes", folder=w)
    assert [row["lead"] for row in touches("lead", "list", "--json", folder=w).rows] == ["A1"]
    found = {row["check"]: row["health"] for row in touches("db", "check", "--json", folder=w).rows}
    assert set(found.values()) == {"ok"}
    assert touches("db", "prune", "--dry-run", folder=w).code == 0
    assert "up to date" in touches("db", "upgrade", folder=w).out
