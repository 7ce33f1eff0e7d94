"""What the strict Content-Security-Policy forbids is not in our templates and style sheets."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "sessions_app" / "static" / "sessions_app"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((STATIC / "css").glob("*.css"))
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)|\|\s*safe\b")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_no_template_carries_inline_style_script_or_unescaped_text(template):
    assert INLINE.findall(template.read_text()) == []


@pytest.mark.parametrize("source", [*TEMPLATES, *STYLES], ids=_name)
def test_nothing_is_loaded_from_another_host_or_a_data_address(source):
    assert re.findall(r"""(?:src|href)=["']https?:|url\(["']?(?:https?:|data:|//)""",
                      source.read_text()) == []  # fmt: skip


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_a_short_comment_closes_on_its_own_line(template):
    for line in template.read_text().splitlines():
        assert line.count("{#") == line.count("#}")


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "icons.svg").read_text()))
    text = "".join(template.read_text() for template in TEMPLATES)
    named = set(re.findall(r'icon\.html" with name="([a-z-]+)"', text))
    assert named
    assert named <= sprite
