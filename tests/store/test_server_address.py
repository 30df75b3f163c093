"""Addresses of a database server: what is refused, and what libpq is told in every case."""

import pytest

from kimdesk.domain.errors import StoreError
from kimdesk.store.postgresql.address import is_this_machine, read_address
from kimdesk.store.postgresql.engine import build_engine

SECRET = "Ge:heim/nis@1"
WRITTEN = "Ge%3Aheim%2Fnis%401"
HEAD = f"postgresql+psycopg://kreis:{WRITTEN}@"


def code(text: str) -> str:
    """Return the code under which an address is refused; its text never tells any of it."""
    with pytest.raises(StoreError) as refusal:
        read_address(text)
    assert not refusal.value.facts
    assert str(refusal.value) == refusal.value.code
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None
    return refusal.value.code


def test_an_address_says_all_that_libpq_is_told() -> None:
    known = read_address(f"{HEAD}DB.Kreis.example:5433/register?sslrootcert=/etc/ca.crt")
    assert known.parameters() == {
        "host": "db.kreis.example", "hostaddr": "", "port": "5433", "dbname": "register", "user": "kreis",
        "sslmode": "verify-full", "gssencmode": "disable", "sslrootcert": "/etc/ca.crt", "password": SECRET,
    }  # fmt: skip
    assert "password" not in known.open_parameters()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.10", "[::1]"])
def test_on_the_machine_itself_no_certificate_is_asked_for(host: str) -> None:
    assert read_address(f"{HEAD}{host}/register").mode == "prefer"
    assert read_address(f"{HEAD}{host}/register?sslmode=disable").mode == "disable"
    assert read_address(f"{HEAD}{host}/register?sslmode=verify-full").mode == "verify-full"


def test_a_socket_is_named_by_its_folder() -> None:
    known = read_address("postgresql+psycopg://kreis@/register?host=/run/postgresql&port=5433")
    assert (known.host, known.port, known.mode) == ("/run/postgresql", 5433, "prefer")


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
@pytest.mark.parametrize(
    "host",
    ["db.example", "10.0.0.5", "localhost.example", "127.0.0.1.example", "127.1", "[::ffff:127.0.0.1]"],
)
def test_another_machine_has_to_prove_who_it_is(host: str, mode: str) -> None:
    assert read_address(f"{HEAD}{host}/register").mode == "verify-full"
    assert read_address(f"{HEAD}{host}/register?sslmode=verify-full").mode == "verify-full"
    assert code(f"{HEAD}{host}/register?sslmode={mode}") == "E963"


@pytest.mark.parametrize(
    "options",
    [
        "sslmode=verify-full&sslmode=disable", "sslmode=disable&sslmode=verify-full", "host=10.0.0.9",
        "host=/run/postgresql", "port=1", "hostaddr=10.0.0.9", "service=other", "passfile=/tmp/p",
        "servicefile=/tmp/s", "options=-c%20x", "gssencmode=require", "dbname=other", "user=other",
        "password=x", "SSLMODE=disable", "sslmode=", "sslmode=nonsense",
        "requiressl=0", "krbsrvname=x", "target_session_attrs=any", "load_balance_hosts=random",
        "channel_binding=disable", "require_auth=none", "sslnegotiation=direct",
        "%73slmode=disable&sslmode=prefer",
    ],
)  # fmt: skip
def test_no_option_leads_elsewhere_or_takes_the_encryption_away(options: str) -> None:
    assert code(f"{HEAD}db.example/register?{options}") == "E964"


def test_a_socket_and_a_list_of_hosts_are_not_mixed() -> None:
    for host in (
        "a.example,b.example",
        "localhost,db.example",
        "127.0.0.1,10.0.0.9",
        "%2Ftmp",
        "a.example:1,b",
    ):
        assert code(f"{HEAD}{host}/register") == "E960"
    for folder in ("10.0.0.9", "localhost", "/tmp,10.0.0.9", "tmp", "@abstract", "/a&host=/b"):
        assert code(f"{HEAD}/register?host={folder}") == "E964"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "E960"), ("register", "E960"), ("host=db dbname=register", "E960"), ("embedded", "E960"),
        ("postgresql://kreis@db/register", "E961"), ("postgresql+psycopg2://kreis@db/register", "E961"),
        ("postgres://kreis@db/register", "E961"), ("mysql://kreis@db/register", "E961"),
        ("sqlite:///tmp/x.db", "E961"), ("PostgreSQL+psycopg://kreis@db/register", "E961"),
        (f"{HEAD}db.example", "E962"), (f"{HEAD}db.example/", "E962"), (f"{HEAD}/register", "E962"),
        ("postgresql+psycopg:///register", "E962"),
        (f"{HEAD}db.example:port/register", "E960"), (f"{HEAD}db.example:0/register", "E960"),
        (f"{HEAD}db.example:70000/register", "E960"), (f"{HEAD}db.example/a/b", "E960"),
        (f"{HEAD}[::1/register", "E960"), (f"{HEAD}db.example/register#x", "E960"),
        (f"{HEAD}db exam.ple/register", "E960"), (f"{HEAD}db.example/reg\nister", "E960"),
        (f"{HEAD}db.example/reg%0Aister", "E960"), (f"{HEAD}db.example/%00", "E960"),
        (f"{HEAD}db.example/{'x' * 64}", "E960"), ("postgresql+psycopg://kreis:a/b@db/register", "E960"),
        ("postgresql+psycopg://kreis:a%0Ab@db.example/register", "E960"),
        (f"{HEAD}db.example/r?sslmode", "E960"),
        (f"{HEAD}db.example/r?sslmode=verify-full%00", "E960"),
    ],
)  # fmt: skip
def test_each_way_of_being_no_address_is_named(text: str, expected: str) -> None:
    assert code(text) == expected


def test_neither_address_nor_engine_tell_the_password() -> None:
    address = f"{HEAD}localhost:1/register"
    engine = build_engine(address)
    told = (
        repr(read_address(address))
        + str(read_address(address))
        + repr(engine)
        + repr(engine.url)
        + str(engine.pool)
    )
    assert SECRET not in told
    assert WRITTEN not in told
    with pytest.raises(Exception, match="connection failed") as failed, engine.connect():
        pass
    assert SECRET not in str(failed.value)


def test_what_the_machine_has_set_does_not_take_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sets PGHOSTADDR would get the password; PGSSLMODE would take the encryption away."""
    from kimdesk.store.failures import understood

    monkeypatch.setenv("PGHOSTADDR", "203.0.113.9")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    monkeypatch.setenv("PGPORT", "7")
    with (
        pytest.raises(StoreError, match="E950"),
        understood(),
        build_engine(f"{HEAD}127.0.0.1:1/r").connect(),
    ):
        pass


def test_only_the_machine_itself_is_the_machine_itself() -> None:
    assert [each for each in ("/run", "localhost", "127.255.0.1", "::1") if not is_this_machine(each)] == []
    others = ("", "LOCALHOST.", "0.0.0.0", "::", "::ffff:127.0.0.1", "db", "run/x")
    assert [each for each in others if is_this_machine(each)] == []
