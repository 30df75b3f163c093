"""What the program remembers on this computer survives, never costs a start, and names nobody."""

from pathlib import Path

import pytest

from ui.program.preferences import Keeper, KnownVault, Preferences, data_folder, load, save


def test_settings_survive(home: Path) -> None:
    kept = Preferences("dark", 1.5, 10, (KnownVault("/vaults/a", "Eschenried", "2026-11-20T15:42:00+00:00"),))
    save(kept)
    assert load() == kept


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"look": "pink"}', '{"zoom": "x"}', '{"unknown": 1}', '{"vaults": [1]}']
)
def test_a_broken_file_costs_only_the_settings(home: Path, text: str) -> None:
    home.mkdir()
    (home / "kimdesk.json").write_text(text, encoding="utf-8")
    assert load() == Preferences()


def test_values_from_elsewhere_are_brought_into_range(home: Path) -> None:
    home.mkdir()
    (home / "kimdesk.json").write_text('{"zoom": 40, "idle_minutes": 0}', encoding="utf-8")
    assert (load().zoom, load().idle_minutes) == (2.0, 1)


def test_the_vault_opened_last_comes_first() -> None:
    kept = Preferences()
    for name in "abc":
        kept = kept.opened(Path(f"/vaults/{name}"), name.upper())
    kept = kept.opened(Path("/vaults/a"), "A")
    assert [vault.name for vault in kept.vaults] == ["A", "C", "B"]
    assert kept.known(Path("/vaults/a")).opened_at is not None
    assert kept.known(Path("/vaults/new")).opened_at is None


def test_listeners_hear_of_changes_only(home: Path) -> None:
    keeper, heard = Keeper(), []
    keeper.listen(lambda preferences: heard.append(preferences.look))
    keeper.change(keeper.current)
    keeper.change(keeper.current._replace(look="dark"))
    assert heard == ["dark"]
    assert load().look == "dark"


def test_a_disk_that_refuses_does_not_stop_the_work(home: Path) -> None:
    home.write_text("a file where the folder should be", encoding="utf-8")
    keeper = Keeper()
    keeper.change(keeper.current._replace(look="dark"))
    assert keeper.current.look == "dark"


def test_new_vaults_are_proposed_below_the_home_given(home: Path) -> None:
    assert data_folder() == home / "vaults"
