"""Pictures of the main pages, from the demonstration's invented patients, to be looked at.

    python -m tests.journeys.screenshots OUT_DIR

makes each page on a phone and on a desktop, in light and dark, and the pictures of the README:
`session-form.png`, `session-form-phone.png` and `summary.png`.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from clinic.components import NO_BROWSER, find_browser
from tests.journeys import server
from tests.journeys.launching import launch

SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "desktop": {"viewport": {"width": 1440, "height": 900}},
}
THEMES = ("light", "dark")
OF_THE_README = {
    ("form-start", "desktop", "light"): "session-form.png",
    ("form-start", "phone", "light"): "session-form-phone.png",
    ("summary", "desktop", "light"): "summary.png",
}
"""Each as much as one sees at once."""


def main(arguments: list[str]) -> int:
    """Make the pictures; 2 where there is no browser."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.screenshots")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    out: Path = parser.parse_args(arguments).out
    executable = find_browser()
    if executable is None:
        print(NO_BROWSER, file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        server.demo(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright, executable)
        for screen in SCREENS:
            for theme in THEMES:
                for name, page in pages(browser, address, screen, theme):
                    if picture := OF_THE_README.get((name, screen, theme)):
                        page.screenshot(path=out / picture)
                    page.screenshot(path=out / f"{name}-{screen}-{theme}.png", full_page=True)
        browser.close()
    return 0


def pages(browser: Browser, address: str, screen: str, theme: str) -> Iterator[tuple[str, Page]]:
    """Walk through the main pages and give each with its name."""
    page = browser.new_context(color_scheme=theme, **SCREENS[screen]).new_page()
    page.goto(f"{address}/sign-in/")
    yield "sign-in", page
    _sign_in(page, "therapist")
    yield "list", page
    starts = page.locator(".patient-row a[href$='/start/']").evaluate_all(
        "all => all.map(a => a.href)"
    )
    begun = page.locator(".patient-row a[href$='/finish/']").evaluate_all(
        "all => all.map(a => a.href)"
    )
    page.goto(max(starts, key=lambda start: _limits(page, start)))
    start = page.url
    for name in ("pain_before", "mood_before"):
        page.locator(f"input[name={name}]").nth(5).check()
    page.evaluate("scrollTo(0, 0)")
    yield "form-start", page
    for finish in begun[:1]:
        page.goto(finish)
        yield "form-finish", page
    _open_a_session(page, [*begun, *starts])
    yield "session", page
    page.goto(start)
    page.locator("a.identity__name").click()
    yield "chart", page
    page.context.clear_cookies()
    page.goto(f"{address}/sign-in/")
    _sign_in(page, "supervisor")
    page.goto(f"{address}/summary/")
    yield "summary", page
    page.context.close()


def _open_a_session(page: Page, forms: list[str]) -> None:
    """Go from a form to its chart, and on to the first session there that was given."""
    for form in forms:
        page.goto(form)
        with page.expect_navigation():  # what is counted does not wait for its page
            page.locator("a.identity__name").click()
        given = page.locator("section[aria-labelledby=sessions] a.row", has_text=" min ")
        if given.count():
            given.first.click()
            return
    raise AssertionError("nobody on today's list has had a session")


def _limits(page: Page, start: str) -> int:
    """Measure how much a start form says of limits; one with a stop makes no good picture."""
    page.goto(start)
    if page.locator(".finding--stop").count():
        return 0
    return sum(map(len, page.locator(".chip").all_inner_texts()))


def _sign_in(page: Page, role: str) -> None:
    page.get_by_label("E-mail address").fill(f"{role}@demo.example")
    page.get_by_label("Password").fill(server.DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/patients/")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
