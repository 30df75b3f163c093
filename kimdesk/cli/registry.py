"""``kimdeskctl kreis move-registry`` and ``restore-registry``: where the registry of a Kreis stands."""

from argparse import Namespace

from kimdesk.cli.outcome import Outcome, progress_bar
from kimdesk.cli.secrets_in import opened
from kimdesk.cli.vault import address_in
from kimdesk.kreis.moving import move as move_registry
from kimdesk.kreis.returning import put_back
from kimdesk.texts import say


def move(args: Namespace) -> Outcome:
    """Move the registry to a server or into the vault, compared row by row before it says so."""
    to = address_in(args.to, args.to_file)
    with opened(args.vault, args.passphrase_file) as desk:
        moved = move_registry(desk, to, progress=progress_bar(say("cli.moving_registry")))
    where = "server" if moved.to_server else "embedded"
    data = {"to": where, "rows": moved.rows, "tables": dict(moved.tables), "emptied": moved.emptied}
    lines = [
        say("cli.registry_on_server", n=moved.rows)
        if moved.to_server
        else say("cli.registry_in_vault", n=moved.rows)
    ]
    if not moved.emptied:
        lines.append(say("cli.registry_left_on_server"))
    return Outcome(data, tuple(lines))


def restore(args: Namespace) -> Outcome:
    """Bring the registry that came with a restored vault back to its server, compared row by row."""
    to = address_in(args.to, args.to_file)
    with opened(args.vault, args.passphrase_file) as desk:
        tables = put_back(desk, to)
    rows = sum(tables.values())
    return Outcome({"rows": rows, "tables": tables}, (say("cli.registry_put_back", n=rows),))
