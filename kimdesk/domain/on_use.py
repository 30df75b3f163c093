"""Fronts of packages whose names are imported when somebody asks for them.

A helper process that needs one small module of a package does not pay for all the others.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def named(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of ``package`` (PEP 562): ``homes`` says which module has which names.

    A name may be given as "name as other". It raises AttributeError for a name that has no home. No module
    may be called as a name is.
    """
    home_of = {
        shown or name: (home, name)
        for home, names in homes.items()
        for name, _, shown in (each.partition(" as ") for each in names)
    }

    def find(name: str) -> Any:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home, there = home_of[name]
        return getattr(import_module(f"{package}.{home}"), there)

    return find
