"""No page carries a script, a style or a handler of its own, or trusts what was typed."""

import re

import pytest

from tests.architecture.sources import ROOT, TEMPLATES, modules

FORBIDDEN = {
    "trusted text": re.compile(r"\|\s*safe\b|\|\s*safeseq\b|{%\s*autoescape\s+off"),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc\s*=)", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "an asset of another host": re.compile(
        r"<(?:script|link|img|iframe|source|use|video|audio)\b[^>]*(?:src|href)\s*=\s*[\"']"
        r"(?:https?:)?//",
        re.IGNORECASE,
    ),
    "an htmx or framework attribute": re.compile(r"\s(?:hx|x|v|ng)-[a-z]+\s*=", re.IGNORECASE),
}
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in TEMPLATES}
WRITING = re.compile(r"<form\b[^>]*method\s*=\s*[\"']post[\"'].*?</form>", re.I | re.S)
TOKENS = ("csrf_token", "{% crispy", "{% include")
CALLED_SAFE = re.compile(r"\b(?:is|are) safe\b|\bsafe (?:to|for) (?:massage|touch)\b", re.I)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_template_has_nothing_of_its_own_to_run(what: str) -> None:
    assert _found(FORBIDDEN[what]) == {}


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("word", ["mark_safe", "SafeString", "format_html_join", "csrf_exempt"])
def test_no_module_trusts_what_was_typed(word: str) -> None:
    assert [path for path in modules() if word in (ROOT / path).read_text(encoding="utf-8")] == []


def test_only_the_maker_of_drawings_says_that_its_text_is_markup() -> None:
    said = [path for path in modules() if "__html__" in (ROOT / path).read_text(encoding="utf-8")]
    assert said == ["sessions_app/charts/svg.py"]
    told = [path for path in modules() if "Drawing(" in (ROOT / path).read_text(encoding="utf-8")]
    assert told == said


def test_a_form_that_writes_carries_its_token() -> None:
    forms = [form for text in TEXTS.values() for form in WRITING.findall(text)]
    assert forms
    assert [form[:200] for form in forms if not any(one in form for one in TOKENS)] == []


def test_no_page_calls_a_patient_or_a_site_safe() -> None:
    assert _found(CALLED_SAFE) == {}


def _found(pattern: re.Pattern[str]) -> dict[str, str]:
    """Return where a pattern stands in the templates, and what stands there."""
    found = {path: pattern.search(text) for path, text in TEXTS.items()}
    return {path: one.group() for path, one in found.items() if one}
