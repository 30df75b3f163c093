"""``kimdeskctl vault``: create and look after a vault."""

from argparse import Namespace
from pathlib import Path

from kimdesk import vault
from kimdesk.casework import office, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import await_turn, first_line, opened
from kimdesk.domain.errors import StoreError
from kimdesk.domain.files import write_atomically


def create(args: Namespace) -> Outcome:
    """Create a vault; the recovery code goes to ``--recovery-out`` or is printed once."""
    desk, code = Desk.create(
        args.vault,
        first_line(args.passphrase_file),
        name=args.name,
        user=args.name,
        municipalities=tuple(args.ags),
        role=args.role,
        strength=vault.Strength(args.kdf),
    )
    vault_id = desk.vault.header.vault_id
    desk.close()
    data: dict[str, object] = {"vault": str(args.vault), "vault_id": vault_id, "role": args.role}
    lines = [f"Der Tresor „{args.name}“ ist angelegt."]
    return _with_code(data, lines, code, args.recovery_out)


def info(args: Namespace) -> Outcome:
    """Show what is known without a passphrase."""
    header = vault.read_header(args.vault)
    sizes = {path.name: path.stat().st_size for path in sorted(args.vault.iterdir()) if path.is_file()}
    slots = [
        {"id": slot.id, "kind": slot.kind, "label": slot.label, "kdf": slot.kdf} for slot in header.slots
    ]
    data = {
        "vault_id": header.vault_id,
        "name": header.name,
        "role": header.role,
        "practice": header.practice,
        "format": 1,
        "generation": header.generation,
        "key_epoch": header.key_epoch,
        "slots": slots,
        "sizes": sizes,
    }
    lines = [f"{header.name} ({header.role}), Tresor {header.vault_id}"]
    lines += [f"  {slot.kind}: {slot.label or '–'} ({slot.kdf})" for slot in header.slots]
    lines += [f"  {name}: {size} Bytes" for name, size in sizes.items()]
    return Outcome(data, tuple(lines))


def check(args: Namespace) -> Outcome:
    """Check integrity, foreign keys, audit chain, scans and freshness; what is not whole is refused."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = upkeep.check(desk, full=args.full)
    lines = [f"Auffällig: {name}" for name in found] or ["Alles in Ordnung."]
    refusal = StoreError("E906") if found else None
    return Outcome({"ok": not found, "findings": list(found)}, tuple(lines), refusal)


def passphrase(args: Namespace) -> Outcome:
    """Replace the passphrase."""
    await_turn(args.vault)
    vault.change_passphrase(
        args.vault, first_line(args.passphrase_file), first_line(args.new_passphrase_file)
    )
    return Outcome({"changed": True}, ("Die Passphrase ist geändert.",))


def recover(args: Namespace) -> Outcome:
    """Set a new passphrase with the recovery code."""
    vault.recover(args.vault, first_line(args.recovery_file), first_line(args.new_passphrase_file))
    return Outcome({"recovered": True}, ("Die neue Passphrase gilt.",))


def rekey(args: Namespace) -> Outcome:
    """Give the vault a new key; say who must be let in anew."""
    await_turn(args.vault)
    done = upkeep.rekey(args.vault, first_line(args.passphrase_file))
    removed = [{"kind": slot.kind, "label": slot.label} for slot in done.removed]
    data: dict[str, object] = {"key_epoch": done.key_epoch, "removed": removed}
    lines = [
        "Der Tresor hat einen neuen Schlüssel. Ältere Kopien und Sicherungen öffnen sich weiterhin mit dem,"
        " was sie bisher öffnete."
    ]
    lines += [f"Öffnet nicht mehr: {slot.kind} {slot.label or '–'}" for slot in done.removed]
    return _with_code(data, lines, done.recovery_code, args.recovery_out)


def backup(args: Namespace) -> Outcome:
    """Write a verified backup into a folder."""
    with opened(args.vault, args.passphrase_file) as desk:
        made = upkeep.backup(desk, args.to)
    line = f"Die Sicherung ist geschrieben und geprüft: {made.path}"
    return Outcome({"backup": str(made.path), "bytes": made.bytes}, (line,))


def file_numbers(args: Namespace) -> Outcome:
    """Show how new cases are numbered; change what is given."""
    with opened(args.vault, args.passphrase_file) as desk:
        numbers = office.file_numbers(desk)
        if args.template is not None or args.office is not None:
            template = numbers.template if args.template is None else args.template
            short = numbers.office if args.office is None else args.office
            numbers = office.set_file_numbers(desk, template, short)
        following = office.next_free(desk, numbers)
    data = {"template": numbers.template, "office": numbers.office, "next": following}
    lines = (f"Vorlage: {numbers.template}", f"Kürzel: {numbers.office}", f"Der nächste Fall: {following}")
    return Outcome(data, lines)


def restore(args: Namespace) -> Outcome:
    """Make a new vault from a backup."""
    with upkeep.restore(args.backup, args.to, first_line(args.passphrase_file)) as desk:
        vault_id = desk.vault.header.vault_id
    created = vault.known_backup(args.backup).created.astimezone()
    moment = f"{created:%d.%m.%Y, %H:%M} Uhr"
    line = f"Die Sicherung ist geprüft und zurückgespielt: {args.to} (Stand vom {moment})"
    return Outcome({"vault": str(args.to), "vault_id": vault_id}, (line,))


def _with_code(data: dict[str, object], lines: list[str], code: str, out: Path | None) -> Outcome:
    """Write the recovery code to ``out``, or print it this once."""
    if out:
        write_atomically(out, f"{code}\n".encode())
        said: dict[str, object] = {"recovery_out": str(out)}
        line = f"Der Wiederherstellungscode steht in {out}."
    else:
        said = {"recovery_code": code}
        line = f"Wiederherstellungscode, bitte sicher verwahren: {code}"
    return Outcome(data | said, (*lines, line))
