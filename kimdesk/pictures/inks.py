"""The colours of pictures: those of the windows in the light look, as shares of red, green and blue."""

from functools import cache

import resources

Ink = tuple[float, float, float]


@cache
def ink(name: str) -> Ink:
    """Return the colour ``name`` ("lane-work") of the light look. Raises KeyError when there is none."""
    code: str = resources.read_toml("theme/tokens.toml")["light"][name]
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def mixed(color: Ink, share: float) -> Ink:
    """Return ``color`` thinned over white: opaque, so that nothing shines through."""
    red, green, blue = (1 - share + one * share for one in color)
    return red, green, blue
