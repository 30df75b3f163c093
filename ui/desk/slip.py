"""The slip that goes with a stick: a button that asks for a file and where its slip goes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.kit.buttons import Button, quiet

_ENDINGS = "KIMdesk (*.kim*);;* (*)"


def slip_button(context: Context, owner: QWidget, refused: Callable[[Explanation], None]) -> Button:
    """Return a button that writes the slip of any file of KIMdesk: digits, a QR code, words."""
    button = quiet(say("slip.write"), "receipt", size="inline")
    button.setObjectName("write_slip")
    button.setToolTip(say("slip.what_for"))
    button.clicked.connect(lambda: _ask(context, owner, refused))
    return button


def _ask(context: Context, owner: QWidget, refused: Callable[[Explanation], None]) -> None:
    name, _ = QFileDialog.getOpenFileName(owner, say("slip.of_which_file"), "", _ENDINGS)
    if not name:
        return
    out, _ = QFileDialog.getSaveFileName(owner, say("slip.write"), f"{Path(name).stem}-Begleitzettel.pdf")
    if out:
        context.work.read(
            owner,
            lambda: _write(Path(name), Path(out)),
            lambda _: context.toast(say("slip.written")),
            refused,
        )


def _write(file: Path, out: Path) -> None:
    from kimdesk.documents.slip import slip
    from kimdesk.domain import media

    media.write(out, slip(file))
