"""A sheet for the person: German and their language beside each other, or German alone.

``ClientSheet`` says what stands on it, ``lay_out`` makes it a PDF. Where two columns do not fit, the
languages follow each other. A language that runs to the left is mirrored.
"""

from kimdesk.documents.client_sheet.pages import lay_out
from kimdesk.documents.client_sheet.parts import (
    Both,
    BulletList,
    CheckRow,
    CheckSection,
    ClientSheet,
    NoteBox,
    PictureSpace,
    RunningHead,
    SheetBlock,
    SheetChecklist,
    SheetDrawing,
    SheetHeading,
    SheetParagraph,
    SheetPicture,
    SheetTable,
    SignatureLines,
)

__all__ = [
    "Both",
    "BulletList",
    "CheckRow",
    "CheckSection",
    "ClientSheet",
    "NoteBox",
    "PictureSpace",
    "RunningHead",
    "SheetBlock",
    "SheetChecklist",
    "SheetDrawing",
    "SheetHeading",
    "SheetParagraph",
    "SheetPicture",
    "SheetTable",
    "SignatureLines",
    "lay_out",
]  # fmt: skip
