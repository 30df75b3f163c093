"""Where the keyboard is. One rule (docs/decisions/0052), kept by the program, not by each page:

who moves it by program brings it into view, and the field flashes once (``go``); what goes away gives it to
the same thing made anew, or to what was around it, never to a neighbour; Tab follows what is seen.
"""

from ui.focus.moving import begin, go, soon

__all__ = ["begin", "go", "soon"]
