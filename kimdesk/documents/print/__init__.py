"""Text on paper: any name in any script that a font knows, shaped by HarfBuzz, its fonts embedded.

``Sheets`` is the paper, ``broken`` makes lines of a paragraph, ``spelled`` is for what must not be refused.
HarfBuzz and reportlab are imported on first use.
"""

from kimdesk.documents.print.lines import SetLine, broken, one_line, width_of
from kimdesk.documents.print.sheets import Sheets
from kimdesk.documents.print.signs import spelled
from kimdesk.documents.print.structure import PaperPart
from kimdesk.documents.print.style import TextStyle

__all__ = ["PaperPart", "SetLine", "Sheets", "TextStyle", "broken", "one_line", "spelled", "width_of"]
