"""HiGHS, started so that it says nothing and answers the same every time. Loaded on first use."""

from typing import Any


def solver(**options: float | bool | str) -> Any:
    """Return an empty program: one thread, no output, and the options of HiGHS that are named."""
    import highspy

    class Quiet(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802
            """Leave them off: switching them on prints a line."""

    program: Any = Quiet()  # type: ignore[no-untyped-call]
    program.silent()
    for name, value in {"threads": 1, "mip_rel_gap": 0.0, **options}.items():
        program.setOptionValue(name, value)
    return program


def version() -> str:
    """Return by what is reckoned."""
    from importlib.metadata import version

    return f"HiGHS {version('highspy')}"
