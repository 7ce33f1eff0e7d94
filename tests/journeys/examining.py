"""A page as axe sees it: every rule in light, and in dark the rules that colours can change.

The themes have one layout, and differ in colours alone (tests/looks/test_contrast.py holds that).
Contrast is measured where an element looks like none before it: the same letters on the same
grounds, as the browser computed them, have the same contrast on whatever page they stand. Room to
press is measured where a size, and the others around it, were not seen before.
"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe, AxeResults
from playwright.sync_api import Page

from tests.journeys.known import Known

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"type": "tag", "values": WCAG}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RULES = {"light": EVERY_RULE, "dark": OF_COLOURS}
THEMES = tuple(RULES)
SEEN = Known()
"""The looks of elements whose contrast was measured, each with its width and theme."""

AXE = Axe().axe_script
RUN = """(rules) => {
  axe.configure({ rules: [
    { id: "color-contrast", selector: "[data-unseen]" },
    { id: "target-size", selector: "[data-unmeasured]" },
  ] });
  return axe.run(document, { runOnly: rules, resultTypes: ["violations"], preload: false })
    .then(({ violations }) => ({ violations }));
}"""

# What the next two share: a number for many words, and the elements for which it is the same.
ALIKE = """
  const mixed = new Map();  // most elements look like one before them
  const mix = (seed, words) => {
    const whole = `${seed} ${words}`;
    if (mixed.has(whole)) return mixed.get(whole);
    let [one, other] = [0xdeadbeef, 0x41c6ce57];
    for (const code of new TextEncoder().encode(whole)) {
      one = Math.imul(one ^ code, 2654435761);
      other = Math.imul(other ^ code, 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
    mixed.set(whole, 2097152 * (one >>> 0) + (other >>> 11));
    return mixed.get(whole);
  };
  const alike = window.alike = new Map();
  const note = (look, one) => (alike.get(look) ?? alike.set(look, []).get(look)).push(one);
  const hasLetters = (one) => {
    for (let node = one?.firstChild; node; node = node.nextSibling) {
      if (node.nodeType === 3 && node.data.trim()) return true;
    }
    return false;
  };
"""
# The look of each element, as one number out of all that contrast depends on: its own letters, and
# what stands behind them.
LOOKS = (
    f"() => {{{ALIKE}"
    """
  const grounds = new Map();  // of each element: what it and its ancestors put behind the letters
  for (const one of document.querySelectorAll("*")) {
    const style = getComputedStyle(one);
    const behind = grounds.get(one.parentElement) ?? 7;
    const own = [
      style.backgroundColor, style.backgroundImage, style.opacity, style.position, style.filter,
    ].join(" ");
    grounds.set(one, own === "rgba(0, 0, 0, 0) none 1 static none" ? behind : mix(behind, own));
    note(mix(grounds.get(one), [
      one.tagName, one.getAttribute("class"), one.checkVisibility(), hasLetters(one), style.color,
      style.fill, style.fontSize, style.fontWeight, style.textShadow,
    ].join(" ")), one);
  }
  return [...alike.keys()];
}"""
)
# The same of what can be pressed: its size, and how it lies to others within reach of a finger.
# What is large and overlaps no other is large enough.
PRESSED = (
    f"() => {{{ALIKE}"
    """
  const REACH = 24;
  const all = [...document.querySelectorAll(
    "a, area, audio, button, iframe, input, object, select, summary, textarea, video, "
    + "[contenteditable], [role], [tabindex]",
  )].map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width && box.height);
  const lies = (one) => [
    one.tagName, one.getAttribute("class"), one.getAttribute("role"), one.getAttribute("tabindex"),
    one.matches(":disabled"), one.hasAttribute("href"),
  ];
  const within = (one, other, reach) => one.left < other.right + reach
    && other.left < one.right + reach && one.top < other.bottom + reach
    && other.top < one.bottom + reach;
  for (const [one, box] of all) {
    const near = all.filter(([other, its]) => other !== one && within(box, its, REACH));
    if (Math.min(box.width, box.height) >= REACH && !near.some(([, its]) => within(box, its, 0))) {
      continue;
    }
    const about = near.map(([other, its]) => [
      ...lies(other), one.contains(other), other.contains(one), its.left - box.left,
      its.top - box.top, its.width, its.height,
    ].map((part) => (typeof part === "number" ? Math.round(part) : part)).join(" "));
    const around = one.parentElement;
    note(mix(Math.round(box.width), [
      Math.round(box.height), ...lies(one), around.tagName, around.getAttribute("class"),
      hasLetters(around), ...about,
    ].join(" ")), one);
  }
  return [...alike.keys()];
}"""
)
# The first, the last and one between: elements of one look are alike to axe as those of two pages.
MARK = """([unseen, mark]) => {
  for (const one of document.querySelectorAll(`[${mark}]`)) one.removeAttribute(mark);
  for (const look of unseen) {
    const alike = window.alike.get(look);
    for (const at of [0, alike.length >> 1, alike.length - 1]) {
      alike[at].setAttribute(mark, "");
    }
  }
}"""
LETTERS, TARGETS = "data-unseen", "data-unmeasured"


def examine(page: Page, themes: tuple[str, ...] = THEMES) -> None:
    """Hold that axe finds nothing amiss on a page, in light and in dark."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.evaluate(AXE)
    measured = _mark_new(page, PRESSED, TARGETS, "target")
    for theme in themes:
        rules = RULES[theme]
        page.emulate_media(color_scheme=theme)
        unseen = _mark_new(page, LOOKS, LETTERS, theme)
        if unseen or rules is EVERY_RULE:
            found = AxeResults(page.evaluate(RUN, rules))
            assert not found.violations_count, f"{page.url} ({theme})\n{found.generate_report()}"
        SEEN.add(unseen)
    SEEN.add(measured)
    for mark in (LETTERS, TARGETS):
        page.evaluate(MARK, [[], mark])
    page.emulate_media(color_scheme="dark" if dark else "light")


def _mark_new(page: Page, script: str, mark: str, kind: str) -> list[str]:
    """Mark the elements of a look that is new, and return their looks."""
    looks: list[Any] = page.evaluate(script)
    here, seen = f"{page.viewport_size['width']} {kind}", SEEN.lines()
    new = {look: f"{here} {look}" for look in looks if f"{here} {look}" not in seen}
    page.evaluate(MARK, [list(new), mark])
    return list(new.values())
