"""A backup of a Kreis carries the registry from its server, in nobody's sight, and the way back is tried."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from kimdesk.casework import upkeep
from kimdesk.casework.desk import Desk
from kimdesk.cli.__main__ import main
from kimdesk.domain.errors import StoreError
from kimdesk.kreis.registry import metadata, open_registry
from kimdesk.store.failures import understood
from kimdesk.store.postgresql import dumps, programs
from kimdesk.store.postgresql.address import read_address
from kimdesk.store.postgresql.contents import tables_on
from kimdesk.vault import Backup, Strength
from tests.conftest import PASSPHRASE
from tests.postgresql import Server

Call = Callable[..., dict[str, Any]]
_WHILE_DUMPED = 0.37  # of the whole backup
HARD = (
    "Übung Ömer",
    "a\tb\nc\\N",
    "\\.",
    "COPY public.registry_goal (id) FROM stdin;\n\\.\n",
    "",
    "\r\n",
    "🙂",
)
"""Texts that a reader of a dump could take for something else."""


@pytest.fixture(scope="module")
def office(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Engine]]:
    """A Kreis whose registry stands on a server, with rows that are hard to copy."""
    home = tmp_path_factory.mktemp("dumps") / "kreis"
    with postgresql.database("dumped") as engine:
        desk, _ = Desk.create(
            home, PASSPHRASE, name="Kreis Musterland", user="Kim", role="kreis",
            server=postgresql.address("dumped"), strength=Strength.INTERACTIVE,
        )  # fmt: skip
        open_registry(desk)
        start = {"desk_id": "d", "shared": "identified", "epoch": 1, "rev": 1, "scope": 1, "received_seq": 1}
        rows = [start | {"id": f"goal-{n}", "text": each} for n, each in enumerate(HARD)]
        with engine.begin() as connection:
            connection.execute(metadata.tables["registry_goal"].insert(), rows)
        yield desk, engine
        desk.close()


@pytest.fixture(scope="module")
def made(office: tuple[Desk, Engine], tmp_path_factory: pytest.TempPathFactory) -> Backup:
    """A backup of it."""
    return upkeep.backup(office[0], tmp_path_factory.mktemp("stick"))


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call ``kimdeskctl`` on a vault."""
    word = tmp_path / "word"
    word.write_text(PASSPHRASE)

    def call(group: str, command: str, vault: Path, *more: object) -> dict[str, Any]:
        main(["--json", group, command, str(vault), "--passphrase-file", str(word), *map(str, more)])
        return dict(json.loads(capsys.readouterr().out))

    return call


def everything(engine: Engine) -> dict[str, list[Any]]:
    """Return all rows on a server, and how far its numbers have come."""
    with engine.connect() as connection:
        found: dict[str, list[Any]] = {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in metadata.sorted_tables
        }
        numbers = connection.execute(text("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"))
        return found | {"numbers": list(map(tuple, numbers))}


def false_program(folder: Path, name: str, does: str) -> None:
    """Put a program that stands in the way of PostgreSQL's; ``$REAL`` is that one."""
    real = shutil.which(name)
    path = folder / name
    path.write_text(f"#!/bin/sh\nREAL={real}\n{does}\n")
    path.chmod(0o755)


def test_a_backup_brings_back_a_registry_that_the_server_lost(
    office: tuple[Desk, Engine], made: Backup, postgresql: Server, call: Call, tmp_path: Path
) -> None:
    """It is put back where nothing stands, and only once."""
    before, again = everything(office[1]), tmp_path / "again"
    assert call("vault", "restore", made.path, "--to", again)["registry"] is True
    assert call("kreis", "restore-registry", again)["error"]["code"] == "E977"
    assert everything(office[1]) == before
    with postgresql.database("dumped_anew") as anew:
        answer = call("kreis", "restore-registry", again, "--to", postgresql.address("dumped_anew"))
        assert answer["tables"]["registry_goal"] == len(HARD)
        assert everything(anew) == before
        assert call("kreis", "restore-registry", again)["error"]["code"] == "E975"
        stick = tmp_path / "stick"
        stick.mkdir()
        assert call("vault", "backup", again, "--to", stick)["bytes"]


def test_the_registry_lies_nowhere_in_clear_and_the_backup_is_tried_in_a_database_that_goes_again(
    office: tuple[Desk, Engine], made: Backup
) -> None:
    content = b"".join(each.read_bytes() for each in made.path.iterdir())
    assert [each for each in (b"PGDMP", b"registry_goal", "Übung".encode()) if each in content] == []
    assert upkeep.drill(office[0], made.path).code == ""
    with office[1].connect() as connection:
        left = connection.execute(text("SELECT count(*) FROM pg_database WHERE datname LIKE 'kim_drill%'"))
        assert left.scalar() == 0


def test_a_dump_that_is_not_what_it_was_is_found_out_before_it_touches_a_server(
    made: Backup, postgresql: Server, tmp_path: Path
) -> None:
    with (
        upkeep.restore(made.path, tmp_path / "again", PASSPHRASE) as desk,
        postgresql.database("untouched") as engine,
        desk.vault.connection() as kept,
    ):
        assert dumps.is_whole(kept)
        change = "UPDATE server_dump_said SET tables = replace(tables, ?, ?)"
        kept.execute(change, ('goal":[7', 'goal":[8'))
        assert not dumps.is_whole(kept)
        kept.execute(change, ('goal":[8', 'goal":[7'))
        kept.execute("UPDATE server_dump SET body = CAST(replace(body, x'0a', x'20') AS BLOB)")
        assert not dumps.is_whole(kept)
        with pytest.raises(StoreError, match="E974"):
            dumps.put_back(kept, postgresql.address("untouched"))
        with engine.connect() as connection:
            assert tables_on(connection) == []


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("", "E970"),
        ("echo 'pg_dump (PostgreSQL) 9.6.24'", "E971"),
        ('[ "$1" = --version ] && exec $REAL "$@"; echo PGDMP; exit 1', "E972"),
        (
            '[ "$1" = --version ] && exec $REAL "$@"; exec $REAL --exclude-table-data=registry_goal "$@"',
            "E973",
        ),
    ],
    ids=["missing", "old", "fails", "leaves out"],
)
def test_a_dump_that_cannot_be_relied_on_is_no_backup(
    office: tuple[Desk, Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, code: str
) -> None:
    """Each cause its own sentence; nothing half-made is left, here or on the stick."""
    stick, own = tmp_path / "stick", tmp_path / "programs"
    stick.mkdir()
    own.mkdir()
    last, path = upkeep.last_backup(office[0]), "/nowhere" if not does else None
    if does:
        false_program(own, "pg_dump", does)
    monkeypatch.setenv("PATH", path or f"{own}:{Path('/usr/bin')}:/bin")
    with pytest.raises(StoreError, match=code) as refusal:
        upkeep.backup(office[0], stick)
    assert code not in ("E970", "E971") or refusal.value.facts["program"] == "pg_dump"
    assert list(stick.iterdir()) == []
    assert list((office[0].vault.folder / "backups").iterdir()) == []
    assert upkeep.last_backup(office[0]) == last


def test_neither_an_absent_server_nor_a_role_without_rights_makes_half_a_backup(
    office: tuple[Desk, Engine], postgresql: Server, tmp_path: Path
) -> None:
    """A role that may read all but make no database makes one, and tries it."""
    desk, engine = office
    stick = tmp_path / "stick"
    stick.mkdir()
    postgresql.run("CREATE ROLE kim_backup LOGIN")
    try:
        desk.set_server("postgresql+psycopg://kreis@127.0.0.1:9/register")
        with pytest.raises(StoreError, match="E950"):
            upkeep.backup(desk, stick)
        desk.set_server(postgresql.address("dumped", role="kim_backup"))
        with pytest.raises(StoreError, match="E954"):
            upkeep.backup(desk, stick)
        assert list(stick.iterdir()) == []
        with engine.begin() as connection:
            for each in ("TABLES", "SEQUENCES"):
                connection.execute(text(f"GRANT SELECT ON ALL {each} IN SCHEMA public TO kim_backup"))
        assert upkeep.drill(desk, upkeep.backup(desk, stick).path).code == ""
    finally:
        desk.set_server(postgresql.address("dumped"))
        with engine.begin() as connection:
            connection.execute(text("DROP OWNED BY kim_backup"))
        postgresql.run("DROP ROLE kim_backup")


def test_a_registry_that_nobody_opened_yet_has_nothing_to_dump_and_its_backup_is_whole(
    office: tuple[Desk, Engine], postgresql: Server, tmp_path: Path
) -> None:
    desk = office[0]
    with postgresql.database("unopened"):
        desk.set_server(postgresql.address("unopened"))
        made = upkeep.backup(desk, tmp_path / "stick")
        assert upkeep.drill(desk, made.path).code == ""
        desk.set_server(postgresql.address("dumped"))


def test_neither_arguments_nor_environment_tell_where_the_server_is_or_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And what the machine has set leads nowhere else."""
    monkeypatch.setenv("PGHOST", "elsewhere")
    address = read_address("postgresql+psycopg://rolle:Ge%3Aheim@127.0.0.1:5433/register")
    with programs.line_to(address) as line:
        told = " ".join([*line.arguments, *line.environment.values()])
        assert [each for each in ("heim", "5433", "register", "elsewhere") if each in told] == []
        word = Path(line.environment["PGPASSFILE"])
        assert word.read_text() == "*:*:*:*:Ge\\:heim\n"
        assert word.stat().st_mode & 0o077 == 0
        command = ["cat", line.environment["PGSERVICEFILE"]]
        shown = subprocess.run(command, pass_fds=line.handed, capture_output=True, text=True, check=True)
        assert "port=5433\n" in shown.stdout


def test_a_null_character_is_named_and_nothing_is_kept(office: tuple[Desk, Engine]) -> None:
    """Bundles with one are refused at the door; this is for whatever else would bring one."""
    engine, before = office[1], everything(office[1])

    def as_value() -> None:
        with understood(), engine.begin() as connection:
            connection.execute(text("UPDATE registry_goal SET text = :said"), {"said": "a\0b"})

    def as_copy() -> None:
        with understood(), engine.begin() as connection:
            driver: Any = connection.connection.driver_connection
            with driver.cursor().copy("COPY registry_goal (id) FROM STDIN") as copy:
                copy.write_row(["a\0b"])

    for way in (as_value, as_copy):
        with pytest.raises(StoreError, match="E976"):
            way()
    assert everything(engine) == before


def test_a_backup_that_is_ended_while_the_server_is_read_leaves_nothing(
    office: tuple[Desk, Engine], tmp_path: Path
) -> None:
    """Neither on the stick nor beside the vault, and nobody on the server."""
    desk, engine = office
    (stick := tmp_path / "stick").mkdir()
    with closing(upkeep.backup_steps(desk, stick)) as steps:
        reached = next(far for far in steps if far > _WHILE_DUMPED)
    assert reached < 1
    assert list(stick.iterdir()) == []
    assert list((desk.vault.folder / "backups").iterdir()) == []
    with engine.connect() as connection:
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'dumped' AND state LIKE 'idle in%'"
        assert connection.execute(text(others)).scalar() == 0
