"""The scenarios run with either background: at once, and with the thread of the program."""

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every scenario twice."""
    if "background" in metafunc.fixturenames:
        metafunc.parametrize("background", ["inline", "thread"], indirect=True)
