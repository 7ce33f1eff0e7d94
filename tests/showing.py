"""Pictures to be looked at: pages of a test, on a phone and on a desktop, in light and dark."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from clinic.components import NO_BROWSER, find_browser
from tests.journeys.launching import launch

SCREENS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
THEMES = ("light", "dark")
Served = dict[str, Callable[[], str]]
Take = Callable[[Page, Path, str, str], None]


def show(program: str, arguments: list[str], served: Served, take: Take) -> int:
    """Let `take` make its pictures on each screen in each theme; 2 where there is no browser."""
    from tests.bodymap.page import serve  # after django.setup()

    parser = argparse.ArgumentParser(prog=f"python -m {program}")
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
                serve(context, served)
                take(context.new_page(), out, screen, theme)
                context.close()
        browser.close()
    return 0
