"""A page as axe sees it: every rule in light, and in dark the rules that colours can change.

The themes have one layout, and differ in colours alone (tests/looks/test_contrast.py holds that).
Contrast is measured where an element looks like none before it: the same letters on the same
grounds, as the browser computed them, have the same contrast on whatever page they stand.
"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe, AxeResults
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"type": "tag", "values": WCAG}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RULES = {"light": EVERY_RULE, "dark": OF_COLOURS}
THEMES = tuple(RULES)
SEEN: dict[tuple[int, str], set[int]] = {}
"""The looks of elements whose contrast was measured, at a width in a theme."""

AXE = Axe().axe_script
RUN = """(rules) => {
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-unseen]" }] });
  return axe.run(document, { runOnly: rules, resultTypes: ["violations"], preload: false })
    .then(({ violations }) => ({ violations }));
}"""

# The look of each element, as one number out of all that contrast depends on: its own letters, and
# what stands behind them.
LOOKS = """() => {
  const mix = (seed, words) => {
    let [one, other] = [0xdeadbeef, 0x41c6ce57];
    for (const code of new TextEncoder().encode(`${seed} ${words}`)) {
      one = Math.imul(one ^ code, 2654435761);
      other = Math.imul(other ^ code, 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
    return 2097152 * (one >>> 0) + (other >>> 11);
  };
  window.looksOfElements = new Map();
  const grounds = new Map();  // of each element: what it and its ancestors put behind the letters
  for (const one of document.querySelectorAll("*")) {
    const style = getComputedStyle(one);
    const behind = grounds.get(one.parentElement) ?? 7;
    const own = [
      style.backgroundColor, style.backgroundImage, style.opacity, style.position, style.filter,
    ].join(" ");
    grounds.set(one, own === "rgba(0, 0, 0, 0) none 1 static none" ? behind : mix(behind, own));
    window.looksOfElements.set(one, mix(grounds.get(one), [
      one.tagName, one.getAttribute("class"), one.checkVisibility(),
      [...one.childNodes].some((node) => node.data?.trim()), style.color, style.fill,
      style.fontSize, style.fontWeight, style.textShadow,
    ].join(" ")));
  }
  return [...new Set(window.looksOfElements.values())];
}"""
MARK = """(unseen) => {
  const looks = new Set(unseen);
  for (const [one, look] of window.looksOfElements) {
    one.toggleAttribute("data-unseen", looks.has(look));
  }
}"""
UNMARK = """() => {
  for (const one of document.querySelectorAll("[data-unseen]")) one.removeAttribute("data-unseen");
}"""


def examine(page: Page, themes: tuple[str, ...] = THEMES) -> None:
    """Hold that axe finds nothing amiss on a page, in light and in dark."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.evaluate(AXE)
    for theme in themes:
        rules = RULES[theme]
        page.emulate_media(color_scheme=theme)
        unseen = _mark_unseen(page, theme)
        if unseen or rules is EVERY_RULE:
            found = AxeResults(page.evaluate(RUN, rules))
            assert not found.violations_count, f"{page.url} ({theme})\n{found.generate_report()}"
        _seen(page, theme).update(unseen)
    page.evaluate(UNMARK)
    page.emulate_media(color_scheme="dark" if dark else "light")


def _seen(page: Page, theme: str) -> set[int]:
    return SEEN.setdefault((page.viewport_size["width"], theme), set())


def _mark_unseen(page: Page, theme: str) -> set[int]:
    """Mark the elements whose look is new, and return their looks."""
    looks: list[Any] = page.evaluate(LOOKS)
    unseen = set(looks) - _seen(page, theme)
    page.evaluate(MARK, list(unseen))
    return unseen
