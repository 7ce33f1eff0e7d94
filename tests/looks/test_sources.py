"""What the strict Content-Security-Policy forbids is not in our templates and style sheets."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "sessions_app" / "static" / "sessions_app"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
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
