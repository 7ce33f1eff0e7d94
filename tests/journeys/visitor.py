"""Somebody with a browser: taps are counted, keys move the focus, and every page is looked at.

A visitor fails the journey at the first page that breaks a rule which holds on all pages: no axe
finding, nothing on the console (a Content-Security-Policy violation is written there), no request
to another host, nothing wider than a narrow phone.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    ElementHandle,
    Locator,
    Page,
    Request,
    Response,
)

from tests.journeys.examining import THEMES, examine
from tests.journeys.known import Known

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
NARROWEST = 320
ONWARDS_AT_MOST = 250  # presses of Tab before a page counts as a trap

# Which element has the focus, whether it can be seen to have it, and whether anything covers it;
# and whether it is the one that is looked for.
FOCUS = """(target) => {
  const element = document.activeElement;
  const ringed = [element, element.closest("label"), element.closest(".pill")].some((one) => {
    if (!one) return false;
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();  // a link may wrap
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const hit = document.elementFromPoint(x, y);
  const label = element.closest("label");
  const inSight = hit && (element.contains(hit) || (label && label.contains(hit)));
  const what = element.outerHTML.slice(0, 160);
  return { ringed, inSight: Boolean(inSight), what, there: element === target };
}"""

# The kinds of elements: class, role, state, and what they stand in. Axe has nothing new to find
# where these are equal; one more row of a list is no other page.
OUTLINE = """() => [...new Set([...document.querySelectorAll("*")].map((one) => [
  one.parentElement?.tagName, one.parentElement?.className, one.tagName,
  one.className.baseVal ?? one.className, one.getAttribute("role"),
  one.matches(":checked, :disabled, [hidden], [open]"), one.attributes.length,
].join(" ")))].sort().join("|")"""
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
EXAMINED = Known()
"""Pages by their outline, each with the width and the themes in which it was examined."""
_COPIES: dict[Browser, Page] = {}
"""Of a browser: the page in which copies are shown to axe."""


@dataclass
class Visitor:
    """A browser context with one page. `taps` counts every tap since it was last set to 0."""

    context: BrowserContext
    address: str
    scripts: bool = True
    taps: int = 0
    complaints: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the page, and listen to all it says and asks for."""
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    # --- moving ----------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Go to an address of the product, and look at the page."""
        self.page.goto(self.address + path)
        self.look()

    def tap(self, target: Locator) -> None:
        """Tap something that stays on this page."""
        self.taps += 1
        target.click()

    def go(self, target: Locator) -> None:
        """Tap something that leads to another page, and look at that."""
        self.taps += 1
        with self.page.expect_navigation():
            target.click()
        self.look()

    def focus_on(self, target: Locator, key: str = "Tab") -> None:
        """Press Tab until the target has the focus; each stop on the way must be in sight."""
        sought = target.element_handle()
        for _ in range(ONWARDS_AT_MOST):
            self.page.keyboard.press(key)
            if self.see_focus(sought):
                return
        raise AssertionError(f"Tab does not reach {target}")

    def see_focus(self, sought: ElementHandle | None = None) -> bool:
        """Hold that the focus is drawn and not covered; tell whether it is where it is sought."""
        focus: dict[str, Any] = self.page.evaluate(FOCUS, sought)
        assert focus["ringed"], f"nothing shows that this has the focus: {focus['what']}"
        assert focus["inSight"], f"something covers what has the focus: {focus['what']}"
        return bool(focus["there"])

    def press(self, key: str) -> None:
        """Press a key that leads to another page, and look at that."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.look()

    # --- looking ---------------------------------------------------------------------------

    @property
    def status(self) -> int:
        """The status of the last page that was answered."""
        return self.statuses[-1]

    def look(self) -> None:
        """Examine the page as it is now."""
        assert not self.complaints, self.complaints
        if ON_POSTGRES:  # a page looks alike whatever the database
            return
        self._fits()
        # Where no script runs the colours are those of the page where scripts run.
        themes = THEMES if self.scripts else THEMES[:1]
        kind = self._kind()
        if EXAMINED.lines() & {f"{kind} {THEMES}", f"{kind} {themes}"}:
            return
        with self._tall():
            examine(self.page if self.scripts else self._copy_for_axe(), themes)
        EXAMINED.add([f"{kind} {themes}"])

    def _kind(self) -> str:
        """Tell pages apart by what axe looks at: the elements with their classes, not the words."""
        outline = sha256(self.page.evaluate(OUTLINE).encode()).hexdigest()
        return f"{self.page.viewport_size['width']} {outline}"

    @contextmanager
    def _tall(self) -> Iterator[None]:
        """Make the screen as tall as the page: what a bar at its foot covers can be scrolled to."""
        usual, scrolled = self.page.viewport_size, self.page.evaluate("scrollY")
        tall = max(usual["height"], self.page.evaluate("document.documentElement.scrollHeight"))
        self.page.set_viewport_size({"width": usual["width"], "height": tall})
        yield
        self.page.set_viewport_size(usual)
        self.page.evaluate("y => scrollTo(0, y)", scrolled)

    def _fits(self) -> None:
        usual = now = self.page.viewport_size
        for width in (PHONE["width"], NARROWEST):
            screen = {"width": width, "height": PHONE["height"]}
            if screen != now:
                self.page.set_viewport_size(screen)
                now = screen
            needed = self.page.evaluate("document.documentElement.scrollWidth")
            assert needed <= width, f"{self.page.url} is {needed} px wide on a screen of {width} px"
        self.page.set_viewport_size(usual)

    def _copy_for_axe(self) -> Page:
        """Axe is a script itself: show it this page, as it came, where scripts may run."""
        browser, url = self.context.browser, self.page.url
        if browser not in _COPIES:
            _COPIES[browser] = browser.new_page()
        page = _COPIES[browser]
        page.set_viewport_size(self.page.viewport_size)
        html = self.page.content().replace('<script type="module"', '<script type="off"')
        page.goto("about:blank")  # else a mark in the address alone would load nothing
        page.unroute_all()
        answer = {"body": html, "content_type": "text/html"}
        page.route(url.split("#")[0], lambda route: route.fulfill(**answer))
        page.goto(url)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        # The browser reports a refused form (422, 403, 409) as an error of its own making.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"request to {urlsplit(request.url).netloc}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            if response.status not in (301, 302, 303):
                self.statuses.append(response.status)
        elif response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")
