"""ExifTool: what others write into pictures, and what they find in them."""

import json
import subprocess
from collections.abc import Mapping, Set
from pathlib import Path

GROUPS = (
    "EXIF", "GPS", "IPTC", "XMP", "PNG", "JFIF", "ICC_Profile", "Photoshop", "QuickTime", "Adobe", "GIF",
    "RIFF", "Ducky", "CanonVRD", "FotoStation", "PhotoMechanic", "AFCP", "JPEG", "Composite",
    "PDF",
)  # fmt: skip
"""Groups of tags that can be written into a picture without those of a certain camera."""

_OF_FILES = frozenset({"FileName", "Directory", "HardLink", "SymLink", "TestName", "FilePermissions"})
_OF_SYSTEM = ("System:", "ExifTool:", "SourceFile", "Composite:")


def writable() -> dict[str, list[str]]:
    """Return the names of all tags of each group that can be written."""
    asked = [word for group in GROUPS for word in ("-listw", f"-{group}:all", "-execute")]
    told = _run(*asked).split("Writable ")[1:]
    found = {}
    for group in told:
        head, _, names = group.partition(":\n")
        found[head.removesuffix(" tags")] = sorted(set(names.split()) - _OF_FILES)
    return found


def written(
    files: Mapping[str, bytes], values: tuple[str, ...], draws: Set[str], folder: Path
) -> dict[str, bytes]:
    """Return ``files`` (by the ending of their names) with every tag set to the last value it takes.

    Tags that ``draws`` names say how the bytes are drawn; others would make another picture of them.
    """
    paths = {ending: folder / f"camera.{ending}" for ending in files}
    for ending, path in paths.items():
        path.write_bytes(files[ending])
    tags = [f"{group}:{tag}" for group, names in writable().items() for tag in names if tag not in draws]
    wanted = folder / "wanted"
    wanted.write_text("".join(f"-{tag}={value}\n" for value in values for tag in tags), encoding="utf-8")
    _run("-m", "-q", "-q", "-overwrite_original", "-@", str(wanted), *map(str, paths.values()))
    return {ending: path.read_bytes() for ending, path in paths.items()}


def found(data: bytes, folder: Path) -> dict[str, object]:
    """Return all that ExifTool finds in a file, tags by "Group:Name", without what the system says of it."""
    path = folder / "found"
    path.write_bytes(data)
    [tags] = json.loads(_run("-j", "-G1", "-a", "-u", "-ee", str(path)))
    return {name: value for name, value in tags.items() if not name.startswith(_OF_SYSTEM)}


def _run(*arguments: str) -> str:
    done = subprocess.run(["exiftool", *arguments], capture_output=True, text=True, check=False)
    return done.stdout
