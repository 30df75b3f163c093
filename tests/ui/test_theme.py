"""The look: contrast in both modes, text sizes, fonts and signs that exist."""

from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel

import resources
from kimdesk.pictures.tiles import STEPS
from ui.kit.icons import STATES, icon, outline
from ui.theme import theme

TOKENS = resources.read_toml("theme/tokens.toml")
MODES = ("light", "dark")


def contrast(one: str, two: str) -> float:
    """Return the contrast of two colours by WCAG 2.1."""

    def luminance(name: str) -> float:
        color = QColor.fromString(name)
        parts = (color.redF(), color.greenF(), color.blueF())
        red, green, blue = (
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("mode", "ground"), list(product(MODES, ("bg", "surface", "sunken", "rail"))))
@pytest.mark.parametrize("ink", ["text", "text-2", "text-3", "accent", "bad", "warn", "ok", "info"])
def test_text_can_be_read_on_every_ground(mode: str, ground: str, ink: str) -> None:
    assert contrast(TOKENS[mode][ink], TOKENS[mode][ground]) >= 4.5


@pytest.mark.parametrize(("mode", "tone"), list(product(MODES, ("bad", "warn", "ok", "info"))))
def test_words_on_badges_can_be_read(mode: str, tone: str) -> None:
    assert (
        contrast(TOKENS[mode][tone], TOKENS[mode][f"{tone}-fill"]) >= 5.95
    )  # 6.0 as rounded in the table of the look


@pytest.mark.parametrize(("mode", "step"), list(product(MODES, STEPS)))
def test_numbers_on_the_steps_of_a_chart_can_be_read(mode: str, step: tuple[str, str]) -> None:
    fill, word = step
    assert contrast(TOKENS[mode][word], TOKENS[mode][fill]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_frames_of_fields_and_the_loud_button_can_be_seen(mode: str) -> None:
    look = TOKENS[mode]
    assert contrast(look["line-strong"], look["surface"]) >= 3.0
    assert contrast(look["on-accent"], look["accent"]) >= 4.5


def test_both_modes_have_the_same_tokens() -> None:
    assert TOKENS["light"].keys() == TOKENS["dark"].keys()


def test_large_text_scales_sizes_but_not_hairlines(
    qapp: QApplication, other_look: Callable[..., None]
) -> None:
    other_look(zoom=2.0)
    look = theme()
    assert (look.px(14), look.px(1), look.font("body").pixelSize(), look.line("body")) == (28, 1, 28, 40)
    assert look.stacked
    assert qapp.font().pixelSize() == 28


def test_text_size_stays_between_100_and_200_percent(other_look: Callable[..., None]) -> None:
    other_look(zoom=9.0)
    assert theme().zoom == 2.0
    other_look(zoom=0.1)
    assert theme().zoom == 1.0


def test_dark_changes_what_is_already_on_the_screen(
    qapp: QApplication, other_look: Callable[..., None]
) -> None:
    told: list[bool] = []
    theme().signals.changed.connect(lambda: told.append(theme().dark))
    other_look(dark=True)
    assert told[-1]
    assert qapp.palette().window().color() == QColor.fromString(TOKENS["dark"]["bg"])


def test_the_font_is_inter_and_semi_bold_is_heavier(qapp: QApplication) -> None:
    assert QFontInfo(theme().font("body")).family() == "Inter"
    assert ink_of(theme().bold("body")) > 1.1 * ink_of(theme().font("body"))


def test_figures_align_unless_a_hyphen_joins_words() -> None:
    assert theme().font("table", "30.11.2026").featureTags()
    assert not theme().font("table", "SGB-II-Antrag bis 30.11.").featureTags()


def test_a_text_is_never_read_as_markup(qapp: QApplication) -> None:
    from ui.kit.text import Text

    label = Text("<b>Osman</b> & Söhne", wrap=True)
    assert label.text() == "<b>Osman</b> & Söhne"
    assert QLabel.text(label) == "<b>Osman</b> & Söhne"


@pytest.mark.parametrize("name", [*STATES, "vault", "usb", "signpost", "folder-user", "backpack", "house"])
def test_every_sign_leaves_ink(qapp: QApplication, name: str) -> None:
    picture = icon(name).pixmap(32, 32).toImage()
    assert any(picture.pixelColor(x, y).alpha() for x, y in product(range(32), range(32)))


def test_an_unknown_sign_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        icon("unicorn")


def test_states_differ_in_shape_not_only_in_colour() -> None:
    shapes = {state: look[:2] for state, look in STATES.items()}
    assert len(set(shapes.values())) >= 8
    assert outline("check-circle", True) != outline("check-circle", False)


def ink_of(font: QFont) -> int:
    """Return how dark a word in ``font`` is."""
    picture = QImage(200, 40, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    painter = QPainter(picture)
    painter.setFont(font)
    painter.drawText(5, 28, "Hilfeplanung")
    painter.end()
    return sum(255 - picture.pixelColor(x, y).red() for x, y in product(range(200), range(40)))
