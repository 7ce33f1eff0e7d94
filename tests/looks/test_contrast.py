"""The palette holds WCAG 2.2 contrast in both themes (1.4.3, 1.4.6, 1.4.11).

The pairs below are those which the style sheets put on top of each other. Colours are read from
tokens.css, so a changed token is measured at once.
"""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "sessions_app" / "static" / "sessions_app" / "css"
TOKEN = re.compile(r"--([a-z-]+):\s*#([0-9a-f]{6});")

READING, TEXT, GRAPHIC = 7.0, 4.5, 3.0
"""The ratios asked for: long reading and the form (AAA), any text (AA), borders and marks."""

GROUNDS = ("ground", "surface", "sunken")
SCALES = ("pain", "mood", "relaxation", "sleep")

PAIRS: list[tuple[str, str, float]] = [
    *((ink, ground, READING) for ink in ("ink", "ink-quiet") for ground in GROUNDS),
    *(("ink", wash, READING) for wash in ("accent-wash", "confirm-wash", "stop-wash", "hatch")),
    ("ink-quiet", "stop-wash", TEXT),
    ("ink-quiet", "accent-wash", TEXT),
    *((ink, ground, TEXT) for ink in ("accent", "accent-strong") for ground in GROUNDS),
    ("accent", "stop-wash", TEXT),
    ("accent-strong", "accent-wash", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    *((level, ground, TEXT) for level in ("confirm", "stop") for ground in ("surface", "hatch")),
    ("confirm", "confirm-wash", TEXT),
    ("confirm", "accent-wash", TEXT),
    ("stop", "stop-wash", TEXT),
    ("on-stop", "stop", TEXT),
    *((scale, f"{scale}-wash", TEXT) for scale in SCALES),
    *((scale, "surface", GRAPHIC) for scale in SCALES),
    *((scale, "hatch", GRAPHIC) for scale in SCALES),
    *((edge, "surface", GRAPHIC) for edge in ("line-strong", "confirm-edge", "stop-edge")),
    *((edge, "ground", GRAPHIC) for edge in ("line-strong", "confirm-edge", "stop-edge")),
    ("confirm-edge", "confirm-wash", GRAPHIC),
    ("stop-edge", "stop-wash", GRAPHIC),
    ("line-strong", "sunken", GRAPHIC),
]


def _themes() -> dict[str, dict[str, str]]:
    """Return the tokens of both themes; the dark one is the light one with its own colours."""
    light, dark = (STYLES / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    plain = dict(TOKEN.findall(light))
    return {"light": plain, "dark": plain | dict(TOKEN.findall(dark))}


def _luminance(colour: str) -> float:
    """Return the relative luminance of a hex colour, 0 to 1 (WCAG 2.2, definition)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two hex colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself_gives_the_known_ends():
    assert _contrast("000000", "ffffff") == pytest.approx(21)
    assert _contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("over", "under", "least"), PAIRS)
def test_each_pair_of_colours_can_be_told_apart(theme, over, under, least):
    tokens = _themes()[theme]
    assert _contrast(tokens[over], tokens[under]) >= least


def test_both_themes_name_the_same_colours():
    light, dark = (STYLES / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    assert {name for name, _ in TOKEN.findall(light)} == {name for name, _ in TOKEN.findall(dark)}


def test_the_dark_theme_is_other_colours_and_nothing_else() -> None:
    # so a page that was measured in light has the same elements and the same layout in dark
    light, dark = (STYLES / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    inside = dark.strip().removeprefix("{").strip().removeprefix(":root {")
    assert TOKEN.sub("", inside).split() == ["}", "}"]
    assert {name for name, _ in TOKEN.findall(dark)} <= {name for name, _ in TOKEN.findall(light)}
    elsewhere = [*STYLES.parent.rglob("*.css"), *STYLES.parent.rglob("*.js")]
    asking = {one.name for one in elsewhere if "prefers-color-scheme" in one.read_text()}
    assert asking == {"tokens.css"}
