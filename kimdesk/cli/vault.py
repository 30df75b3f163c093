"""``kimdeskctl vault``: create and look after a vault."""

from argparse import Namespace

from kimdesk import vault
from kimdesk.casework import upkeep
from kimdesk.casework.desk import Desk
from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import first_line, opened
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
    if args.recovery_out:
        write_atomically(args.recovery_out, f"{code}\n".encode())
        data["recovery_out"] = str(args.recovery_out)
        lines.append(f"Der Wiederherstellungscode steht in {args.recovery_out}.")
    else:
        data["recovery_code"] = code
        lines.append(f"Wiederherstellungscode, bitte sicher verwahren: {code}")
    return Outcome(data, tuple(lines))


def info(args: Namespace) -> Outcome:
    """Show what is known without a passphrase."""
    header = vault.read_header(args.vault)
    sizes = {path.name: path.stat().st_size for path in sorted(args.vault.iterdir()) if path.is_file()}
    slots = [{"id": slot.id, "kind": slot.kind, "label": slot.label, "kdf": slot.kdf} for slot in header.slots]
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
    """Check integrity, foreign keys, audit chain and freshness."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = upkeep.check(desk, full=args.full)
    lines = [f"Auffällig: {name}" for name in found] or ["Alles in Ordnung."]
    return Outcome({"ok": not found, "findings": list(found)}, tuple(lines))


def passphrase(args: Namespace) -> Outcome:
    """Replace the passphrase."""
    vault.change_passphrase(
        args.vault, first_line(args.passphrase_file), first_line(args.new_passphrase_file)
    )
    return Outcome({"changed": True}, ("Die Passphrase ist geändert.",))


def recover(args: Namespace) -> Outcome:
    """Set a new passphrase with the recovery code."""
    vault.recover(args.vault, first_line(args.recovery_file), first_line(args.new_passphrase_file))
    return Outcome({"recovered": True}, ("Die neue Passphrase gilt.",))
