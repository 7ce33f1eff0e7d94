"""Pictures of the example charts, to be looked at.

    python -m tests.charts.show OUT_DIR

makes them on a phone and on a desktop, in light, dark and on grey paper.
"""

import argparse
import os
import sys
from pathlib import Path

import django
from playwright.sync_api import Page, sync_playwright

from clinic.verify import NO_BROWSER, find_browser
from tests.journeys.launching import launch

SCREENS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
THEMES = ("light", "dark")


def main(arguments: list[str]) -> int:
    """Make the pictures; 2 where there is no browser."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.bodymap.page import ADDRESS, serve
    from tests.charts.page import html

    parser = argparse.ArgumentParser(prog="python -m tests.charts.show")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    out: Path = parser.parse_args(arguments).out
    executable = find_browser()
    if executable is None:
        print(NO_BROWSER, file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright, executable)
        for screen, size in SCREENS.items():
            for theme in THEMES:
                context = browser.new_context(viewport=size, color_scheme=theme)
                serve(context, {"charts": html})
                page = context.new_page()
                page.goto(f"{ADDRESS}charts")
                _pictures(page, out, f"{screen}-{theme}")
                if (screen, theme) == ("desktop", "light"):
                    page.emulate_media(media="print")
                    page.set_viewport_size({"width": 700, "height": 900})
                    _pictures(page, out, "print")
                context.close()
        browser.close()
    return 0


def _pictures(page: Page, out: Path, name: str) -> None:
    """Make one picture of the page, and one of each chart."""
    page.screenshot(path=out / f"{name}.png", full_page=True)
    for one in page.locator("main .page > section").all():
        one.screenshot(path=out / f"{name}-{one.get_attribute('id')}.png")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
