"""The words of the command line: groups, commands and their options."""

import argparse
from collections.abc import Callable
from pathlib import Path

from kimdesk.casework.authority_page import AUTHORITIES
from kimdesk.cli import (
    bundle,
    case,
    colleagues,
    documents,
    figures,
    findings,
    histories,
    keys,
    kreis,
    packs,
    person_list,
    practice,
    registry,
    responsible,
    rules,
    scan,
    screening,
    sync,
    vault,
    versions,
)
from kimdesk.cli.arguments import Parser, day, filled, number
from kimdesk.cli.drives import asking
from kimdesk.documents.papers import CLIENT_LETTER, GERMAN, OFFICE_LETTER, PAPERS
from kimdesk.kreis.enrolled.keyring import KeyPurpose
from kimdesk.kreis.taking.aside import Reason
from kimdesk.texts import say

_ROWS = number(1, 1_000_000)
_CASES = number(1, 100_000)
Run = Callable[[argparse.Namespace], object]


def build_parser() -> Parser:
    """Return the parser; the chosen command stands in ``run``, None from it means not available yet."""
    parser = Parser(prog="kimdeskctl", description=say("cli_help.title"))
    parser.add_argument("--json", action="store_true", help=say("cli_help.json"))
    groups = parser.add_subparsers(metavar=say("cli_help.metavar_group"), required=True)
    for name, fill in GROUPS.items():
        group = groups.add_parser(name, help=say(f"cli_help.{name}"))
        fill(CommandGroup(group, name))
    _document(groups.add_parser("document", help=say("cli_help.document")))
    return parser


class CommandGroup:
    """One group of commands while it is being described."""

    def __init__(self, parser: Parser, name: str, *, required: bool = True) -> None:
        self._commands = parser.add_subparsers(metavar=say("cli_help.metavar_command"), required=required)
        self._name = name

    def command(self, name: str, run: Run, again: str = "reading") -> Parser:
        """Add a command that needs no passphrase; ``again`` names how its answer can be had once more."""
        told = say(f"cli_help.{self._name}_{name.replace('-', '_')}")
        parser = self._commands.add_parser(name, help=told, description=told)
        parser.set_defaults(run=asking(run), again=again)
        return parser

    def on_vault(self, name: str, run: Run, again: str = "reading") -> Parser:
        """Add a command on an opened vault."""
        parser = self.command(name, run, again)
        parser.add_argument("vault", type=Path, metavar="VAULT")
        parser.add_argument("--passphrase-file", required=True, metavar=say("cli_help.metavar_file"))
        return parser


def _vault(group: CommandGroup) -> None:
    create = group.on_vault("create", vault.create, "created")
    create.add_argument("--role", choices=["desk", "kreis"], required=True)
    create.add_argument("--name", type=filled, required=True)
    create.add_argument("--ags", nargs="+", action="extend", default=[])
    create.add_argument("--recovery-out", type=Path)
    create.add_argument("--kdf", choices=["interactive", "strong"], default="strong")
    _server(create, "--registry", required=False)
    group.command("info", vault.info).add_argument("vault", type=Path, metavar="VAULT")
    group.on_vault("check", vault.check).add_argument("--full", action="store_true")
    group.on_vault("passphrase", vault.passphrase, "passphrase").add_argument(
        "--new-passphrase-file", required=True
    )
    recover = group.command("recover", vault.recover, "passphrase")
    recover.add_argument("vault", type=Path, metavar="VAULT")
    recover.add_argument("--recovery-file", required=True)
    recover.add_argument("--new-passphrase-file", required=True)
    group.on_vault("rekey", vault.rekey, "rekeyed").add_argument("--recovery-out", type=Path)
    group.on_vault("backup", vault.backup, "backup").add_argument("--to", type=Path, required=True)
    numbers = group.on_vault("file-numbers", vault.file_numbers, "file_numbers")
    numbers.add_argument("--template", metavar=say("cli_help.metavar_template"))
    numbers.add_argument("--office", metavar=say("cli_help.metavar_office"))
    restore = group.command("restore", vault.restore, "restored")
    restore.add_argument("backup", type=Path, metavar="BACKUP")
    restore.add_argument("--to", type=Path, required=True, metavar="VAULT")
    restore.add_argument("--passphrase-file", required=True, metavar=say("cli_help.metavar_file"))


def _server(parser: Parser, option: str, *, required: bool) -> None:
    """Let a database server be named, on the line or in a file, where its password is safe."""
    which = parser.add_mutually_exclusive_group(required=required)
    place = say("cli_help.server") if option == "--registry" else say("cli_help.server_to")
    which.add_argument(option, type=filled, metavar="URL", help=place)
    which.add_argument(
        f"{option}-file", metavar=say("cli_help.metavar_file"), help=say("cli_help.server_file")
    )


def _case(group: CommandGroup) -> None:
    listing = group.on_vault("list", case.listing)
    listing.add_argument("--phase")
    listing.add_argument("--limit", type=_ROWS, default=50)
    find = group.on_vault("find", case.find)
    find.add_argument("query")
    find.add_argument("--limit", type=_ROWS, default=50)
    group.on_vault("show", case.show).add_argument("id")
    group.on_vault("deadlines", case.deadlines).add_argument("id")
    group.on_vault("screening", screening.of_case).add_argument("id")
    importing = group.on_vault("import", case.import_file, "cases")
    importing.add_argument("file", type=Path)
    importing.add_argument("--dry-run", action="store_true")
    importing.add_argument("--sheet", default="", metavar=say("cli_help.metavar_name"))
    importing.add_argument("--head-row", type=person_list.head_row, metavar=say("cli_help.metavar_row"))
    importing.add_argument("--separator", type=person_list.separator, metavar="C")
    importing.add_argument("--encoding", type=person_list.encoding, metavar="E")
    check = group.on_vault("check-duplicates", case.check_duplicates)
    check.add_argument("--family-name", required=True)
    check.add_argument("--given-name", required=True)
    check.add_argument("--born")
    group.on_vault("versions", versions.listing).add_argument("id")
    decide = group.on_vault("decide", versions.decide, "versions")
    decide.add_argument("id", metavar="VERSION")
    way = decide.add_mutually_exclusive_group(required=True)
    for flag in ("--keep", "--take", "--reopen"):
        way.add_argument(flag, action="store_true")
    way.add_argument("--own", metavar=say("cli_help.metavar_text"))
    decide.add_argument("--reason", default="")


def _scan(group: CommandGroup) -> None:
    inspect = group.command("inspect", scan.look)
    inspect.add_argument("file", type=Path, metavar="FILE")
    inspect.add_argument("--out", type=Path, metavar="CLEANED")
    inspect.add_argument("--preview", type=Path, metavar="PNG")


def _rules(group: CommandGroup) -> None:
    derive = group.command("derive", rules.derive)
    derive.add_argument("rule", type=filled, metavar="RULE")
    derive.add_argument("--facts", type=Path, required=True, metavar="FILE.json")
    derive.add_argument("--today", type=day, metavar="D")
    whose = group.command("responsible", responsible.tell)
    whose.add_argument("service", type=filled, metavar="SERVICE")
    whose.add_argument("municipality", type=filled, metavar="AGS")
    screen = group.command("screen", screening.screen)
    screen.add_argument("--facts", type=Path, required=True, metavar="FILE.json")
    screen.add_argument("--today", type=day, metavar="D")


def _practice(group: CommandGroup) -> None:
    fill = group.on_vault("fill", practice.fill, "cases")
    fill.add_argument("--cases", type=_CASES, required=True)
    fill.add_argument("--seed", type=int, default=1)
    group.on_vault("kreis", practice.kreis, "created").add_argument("--seed", type=int, default=1)


def _sync(group: CommandGroup) -> None:
    group.on_vault("request", sync.request, "request").add_argument("--out", type=Path, required=True)
    enrol = group.on_vault("enrol", sync.enrol, "exchange")
    enrol.add_argument("certificate", type=Path)
    enrol.add_argument("--fingerprint", metavar=say("cli_help.metavar_digits"))
    enrol.add_argument("--change-kreis", action="store_true", help=say("cli_help.change_kreis"))
    rotate = group.on_vault("rotate", keys.rotate_desk, "request")
    rotate.add_argument("--out", type=Path, required=True)
    group.on_vault("card", sync.card, "exchange").add_argument("--out", type=Path, required=True)
    shown = group.on_vault("preview", sync.preview)
    shown.add_argument("--package", type=number(1, 2**31 - 1), metavar="N", help=say("cli_help.package"))
    group.on_vault("export", sync.export, "exchange").add_argument("--to", type=Path, required=True)
    group.on_vault("leave", sync.leave, "exchange").add_argument("--to", type=Path, required=True)
    group.on_vault("receipt", sync.receipt, "exchange").add_argument("file", type=Path)
    group.on_vault("status", sync.status)
    _passing(group)
    catalogue = group.on_vault("catalogue", packs.take, "catalogue")
    catalogue.add_argument("file", type=Path, metavar="FILE")
    catalogue.add_argument("--dry-run", action="store_true")
    group.on_vault("catalogue-back", packs.go_back, "catalogue")


def _passing(group: CommandGroup) -> None:
    """Describe the commands for cases on their way between desks."""
    group.on_vault("colleagues", colleagues.known)
    group.on_vault("cases", colleagues.passages)
    for name, run in (("offer", colleagues.offer), ("cover", colleagues.cover)):
        give = group.on_vault(name, run, "passing")
        give.add_argument("case", metavar="CASE")
        give.add_argument("--to", type=Path, required=True, metavar="CARD", help=say("cli_help.to_card"))
        give.add_argument("--out", type=Path, required=True)
        give.add_argument("--basis", choices=["consent", "public_task"], required=True)
        give.add_argument("--until", type=day, required=name == "cover", metavar="D")
        give.add_argument("--addresses", action="store_true", help=say("cli_help.addresses"))
    for name, run in (("withdraw", colleagues.withdraw), ("add", colleagues.add),
                      ("return", colleagues.give_back), ("confirm", colleagues.confirm)):  # fmt: skip
        step = group.on_vault(name, run, "passing")
        step.add_argument("case", metavar="CASE")
        step.add_argument("--out", type=Path, required=True)
        if name == "withdraw":
            step.add_argument("--reason", default="")
    recall = group.on_vault("recall", colleagues.recall, "passing")
    recall.add_argument("case", metavar="CASE")
    recall.add_argument("--reason", default="")
    group.on_vault("take", colleagues.take, "passing").add_argument("file", type=Path)
    answer = group.on_vault("answer", colleagues.answer, "passing")
    answer.add_argument("file", type=Path)
    answer.add_argument("--out", type=Path, required=True)
    which = answer.add_mutually_exclusive_group(required=True)
    which.add_argument("--accept", action="store_true")
    which.add_argument("--refuse", type=filled, metavar=say("cli_help.metavar_reason"))


def _bundle(group: CommandGroup) -> None:
    group.command("inspect", bundle.inspect).add_argument("file", type=Path)
    paper = group.command("slip", bundle.write_slip)
    paper.add_argument("file", type=Path)
    paper.add_argument("--out", type=Path, required=True)


def _kreis(group: CommandGroup) -> None:
    enrol = group.on_vault("enrol", kreis.enrol, "enrolled")
    enrol.add_argument("request", type=Path)
    enrol.add_argument("--out", type=Path, required=True)
    enrol.add_argument("--fingerprint", metavar=say("cli_help.metavar_digits"))
    enrol.add_argument("--ags", nargs="+", action="extend", metavar="AGS", help=say("cli_help.granted"))
    enrol.add_argument("--as", dest="replaces", metavar=say("cli_help.metavar_desk"), help=say("cli_help.as"))
    importing = group.on_vault("import", kreis.import_files, "bundles")
    importing.add_argument("files", type=Path, nargs="+", metavar="FILE")
    importing.add_argument("--receipts", type=Path, required=True)
    group.on_vault("desks", kreis.desks)
    _server(group.on_vault("move-registry", registry.move, "registry"), "--to", required=True)
    _server(group.on_vault("restore-registry", registry.restore, "registry"), "--to", required=False)
    _histories(group)
    publish = group.on_vault("publish", packs.publish, "published")
    publish.add_argument("--to", type=Path, required=True)
    source = publish.add_mutually_exclusive_group()
    source.add_argument("--documents", type=Path, metavar=say("cli_help.metavar_folder"))
    source.add_argument("--again", dest="again_only", action="store_true", help=say("cli_help.publish_again"))
    for name in ("--valid-from", "--not-after"):
        publish.add_argument(name, type=day, metavar=say("cli_help.metavar_day"))
    publish.add_argument("--note", default="")
    found = group.on_vault("findings", findings.listing)
    found.add_argument("--status", type=filled)
    answer = group.on_vault("answer", findings.answer, "answered")
    answer.add_argument("finding", type=filled)
    answer.add_argument("--status", type=filled, required=True)
    answer.add_argument("--text", default="")
    revoke = group.on_vault("revoke", keys.revoke, "enrolled")
    revoke.add_argument("desk", metavar=say("cli_help.metavar_desk"))
    revoke.add_argument("--from-seq", type=number(1, 2**31 - 1), metavar="N")
    revoke.add_argument("--key", type=filled, metavar=say("cli_help.metavar_key"), help=say("cli_help.key"))
    group.on_vault("keys", keys.show)
    rotate = group.on_vault("rotate", keys.rotate_kreis, "kreis_keys")
    rotate.add_argument("--key", nargs="+", action="extend", choices=[str(each) for each in KeyPurpose])
    _figures(group.on_vault("figures", figures.give_out, "report"))


def _figures(report: Parser) -> None:
    report.add_argument("--report", type=filled, required=True, metavar=say("cli_help.metavar_report"))
    for name, place in (("--from", "first"), ("--to", "last")):
        report.add_argument(name, dest=place, type=day, required=True, metavar=say("cli_help.metavar_day"))
    for name in ("--ags", "--gemeinde"):
        report.add_argument(name, dest="ags", type=filled, metavar="AGS")
    report.add_argument("--today", type=day, metavar=say("cli_help.metavar_day"))
    report.add_argument("--out", type=Path, required=True, metavar=say("cli_help.metavar_file"))


def _histories(group: CommandGroup) -> None:
    group.on_vault("disputes", histories.disputes)
    decide = group.on_vault("decide", histories.decide, "bundles")
    decide.add_argument("desk", metavar="DESK")
    decide.add_argument("--bundle", required=True, metavar="DIGEST")
    decide.add_argument("--receipts", type=Path, metavar=say("cli_help.metavar_folder"))
    group.on_vault("aside", histories.set_aside)
    release = group.on_vault("release", histories.release, "bundles")
    release.add_argument("desk", metavar="DESK")
    release.add_argument("--reason", required=True, choices=[str(each) for each in Reason])


def _document(parser: Parser) -> None:
    parser.add_argument("--list", action="store_true", help=say("cli_help.document_list"))
    parser.set_defaults(run=documents.listing, again="reading")
    group = CommandGroup(parser, "document", required=False)
    page = _paper(group, documents.ACHIEVEMENTS, documents.achievements, (GERMAN,))
    page.add_argument("--authority", choices=AUTHORITIES)
    page.add_argument("--consent", type=filled, metavar="ID")
    for each in PAPERS:
        paper = _paper(group, each.name, documents.write, each.languages)
        paper.set_defaults(paper=each.name, template="")
        if each.name in (CLIENT_LETTER, OFFICE_LETTER):
            paper.add_argument("--template", default="", metavar="CODE")


def _paper(group: CommandGroup, name: str, run: Run, languages: tuple[str, ...]) -> Parser:
    paper = group.on_vault(name, run, "paper")
    paper.add_argument("id", type=filled, metavar="ID")
    paper.add_argument("--language", choices=languages, default=GERMAN)
    paper.add_argument("--today", type=day, metavar=say("cli_help.metavar_day"))
    paper.add_argument("--out", type=Path, required=True, metavar=say("cli_help.metavar_file"))
    return paper


GROUPS: dict[str, Callable[[CommandGroup], None]] = {
    "vault": _vault,
    "case": _case,
    "scan": _scan,
    "rules": _rules,
    "practice": _practice,
    "sync": _sync,
    "bundle": _bundle,
    "kreis": _kreis,
}
