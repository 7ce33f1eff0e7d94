"""What the strict Content-Security-Policy forbids is not in our templates and style sheets."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "sessions_app" / "static" / "sessions_app"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PROGRAMS = [one for folder in ("sessions_app", "clinic") for one in (ROOT / folder).rglob("*.py")]
STYLES = sorted((STATIC / "css").glob("*.css"))
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)|\|\s*safe\b")
# A browser that holds trusted types stops each of them.
OUT_OF_TEXT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc"
)
ELSEWHERE = re.compile(r"""(?:src|href)=["']https?:|url\(["']?(?:https?:|data:|//)""")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_template_carries_inline_style_script_or_unescaped_text():
    assert TEMPLATES
    assert [_name(one) for one in TEMPLATES if INLINE.search(one.read_text())] == []


def test_no_script_makes_markup_or_a_program_out_of_text():
    scripts = sorted((STATIC / "js").glob("*.js"))
    assert scripts
    assert [_name(one) for one in scripts if OUT_OF_TEXT.search(one.read_text())] == []


def test_nothing_is_loaded_from_another_host_or_a_data_address():
    assert STYLES
    assert [_name(one) for one in [*TEMPLATES, *STYLES] if ELSEWHERE.search(one.read_text())] == []


def test_a_short_comment_closes_on_its_own_line():
    lines = [(_name(one), line) for one in TEMPLATES for line in one.read_text().splitlines()]
    assert [where for where, line in lines if line.count("{#") != line.count("#}")] == []


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "icons.svg").read_text()))
    text = "".join(template.read_text() for template in TEMPLATES)
    named = set(re.findall(r'icon\.html" with name="([a-z-]+)"', text))
    assert named
    assert named <= sprite


def test_every_class_of_the_styles_is_given_to_something():
    """By its whole name, or by a stem that is completed where it is drawn: «score--{{ scale }}»."""
    programs = [
        one for folder in ("sessions_app", "clinic") for one in (ROOT / folder).rglob("*.py")
    ]
    drawn = "".join(
        one.read_text() for one in [*TEMPLATES, *programs, *(STATIC / "js").glob("*.js")]
    )
    words = set(re.findall(r"[a-zA-Z][\w-]*", drawn))
    stems = tuple(re.findall(r"([a-zA-Z][\w-]*[-_])\{", drawn))
    assert stems
    styled = {name for one in STYLES for name in _classes(one.read_text())}
    assert {one for one in styled - words if not one.startswith(stems)} == set()


def _classes(style: str) -> list[str]:
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", style, flags=re.DOTALL)
    return re.findall(r"\.([a-zA-Z][\w-]*)", selectors)


def test_every_template_is_drawn_by_something():
    """Those of the pack are named by crispy-forms and by the looks of the widgets."""
    names = {one.relative_to(ROOT / "templates").as_posix() for one in TEMPLATES}
    asked = "".join(one.read_text() for one in [*TEMPLATES, *PROGRAMS])
    alone = {one for one in names if f'"{one}"' not in asked}
    assert {one for one in alone if not one.startswith("stillhand/")} == set()
