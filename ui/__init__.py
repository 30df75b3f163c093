"""The desktop program: windows, pages, presenters and widgets. All PySide6 code lives here."""

VERSION = "0.1.0"
