"""``kimdeskctl vault``: create and look after a vault."""

from argparse import Namespace

from kimdesk import vault
from kimdesk.casework import office, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.municipalities import key_of
from kimdesk.cli import argument_traces
from kimdesk.cli.handing_out import handing_out
from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import await_turn, first_line, opened
from kimdesk.domain.errors import StoreError
from kimdesk.kreis.returning import came_along
from kimdesk.texts import say


def create(args: Namespace) -> Outcome:
    """Create a vault; the recovery code goes to ``--recovery-out`` or is printed once, before it counts."""
    server = address_in(args.registry, args.registry_file)
    with handing_out(args.answer, args.vault, args.recovery_out) as hand:
        desk, _ = Desk.create(
            args.vault,
            first_line(args.passphrase_file),
            name=args.name,
            user=args.name,
            municipalities=tuple(map(key_of, args.ags)),
            role=args.role,
            server=server,
            strength=vault.Strength(args.kdf),
            beginning=vault.Beginning(hand_out=hand),
        )
    vault_id = desk.vault.header.vault_id
    desk.close()
    data = {"vault": str(args.vault), "vault_id": vault_id, "role": args.role, **hand.said}
    return Outcome(data, (say("cli.vault_created", name=args.name), *hand.lines))


def address_in(said: str | None, file: str | None) -> str:
    """Return the address of a server: of a file, or as it was ``said``, out of everybody's sight by now."""
    if file is not None:
        return first_line(file)
    argument_traces.hide(said or "")
    return said or ""


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
    lines = [say("cli.vault_line", name=header.name, role=header.role, id=header.vault_id)]
    lines += [f"  {slot.kind}: {slot.label or '–'} ({slot.kdf})" for slot in header.slots]
    lines += [say("cli.size", name=name, size=size) for name, size in sizes.items()]
    return Outcome(data, tuple(lines))


def check(args: Namespace) -> Outcome:
    """Check integrity, foreign keys, audit chain, scans and freshness; what is not whole is refused."""
    with opened(args.vault, args.passphrase_file) as desk:
        found = upkeep.check(desk, full=args.full)
    lines = [say("cli.suspicious", finding=name) for name in found] or [say("cli.fine")]
    refusal = StoreError("E906") if found else None
    return Outcome({"ok": not found, "findings": list(found)}, tuple(lines), refusal)


def passphrase(args: Namespace) -> Outcome:
    """Replace the passphrase."""
    await_turn(args.vault)
    vault.change_passphrase(
        args.vault, first_line(args.passphrase_file), first_line(args.new_passphrase_file)
    )
    return Outcome({"changed": True}, (say("cli.passphrase_changed"),))


def recover(args: Namespace) -> Outcome:
    """Set a new passphrase with the recovery code."""
    vault.recover(args.vault, first_line(args.recovery_file), first_line(args.new_passphrase_file))
    return Outcome({"recovered": True}, (say("cli.passphrase_recovered"),))


def rekey(args: Namespace) -> Outcome:
    """Give the vault a new key, once its new recovery code is out; say who must be let in anew."""
    await_turn(args.vault)
    with handing_out(args.answer, args.vault, args.recovery_out) as hand:
        done = upkeep.rekey(args.vault, first_line(args.passphrase_file), hand_out=hand)
    removed = [{"kind": slot.kind, "label": slot.label} for slot in done.removed]
    lines = [say("cli.rekeyed")]
    lines += [say("cli.slot_removed", kind=slot.kind, label=slot.label or "–") for slot in done.removed]
    return Outcome({"key_epoch": done.key_epoch, "removed": removed, **hand.said}, (*lines, *hand.lines))


def backup(args: Namespace) -> Outcome:
    """Write a verified backup into a folder."""
    with opened(args.vault, args.passphrase_file) as desk:
        made, on_server = upkeep.backup(desk, args.to), desk.server is not None
    lines = [say("cli.backup_written", path=made.path)]
    if on_server:
        lines.append(say("cli.registry_backed_up"))
    return Outcome({"backup": str(made.path), "bytes": made.bytes}, tuple(lines))


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
    lines = (
        say("cli.number_template", template=numbers.template),
        say("cli.number_office", office=numbers.office),
        say("cli.number_next", number=following),
    )
    return Outcome(data, lines)


def restore(args: Namespace) -> Outcome:
    """Make a new vault from a backup."""
    with upkeep.restore(args.backup, args.to, first_line(args.passphrase_file)) as desk:
        vault_id, registry = desk.vault.header.vault_id, came_along(desk)
    moment = vault.known_backup(args.backup).created
    lines = [say("cli.backup_restored", path=args.to, moment=moment)]
    if registry:
        lines.append(say("cli.registry_came_along", path=args.to))
    return Outcome({"vault": str(args.to), "vault_id": vault_id, "registry": registry}, tuple(lines))
