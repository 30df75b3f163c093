"""The frame around the pages of an open desk: rail, top bar, search."""

from ui.shell.shell import Shell

__all__ = ["Shell"]
