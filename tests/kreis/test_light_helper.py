"""The helper that reads bundles starts with every reading-in: it loads what parses, and nothing else."""

import subprocess
import sys


def test_the_helper_loads_neither_the_store_nor_the_catalogue_nor_any_key() -> None:
    said = "import sys, kimdesk.kreis.taking.caged; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", said], check=True, capture_output=True, text=True)
    heavy = ("sqlalchemy", "sqlcipher3", "cryptography", "kimdesk.catalogue", "kimdesk.casework")
    assert [each for each in ran.stdout.split() if each.startswith(heavy)] == []
