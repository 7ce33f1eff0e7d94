"""Pictures of the body map, to be looked at.

    python -m tests.bodymap.show OUT_DIR

makes it as a picture and as a control, on a phone and on a desktop, in light, dark and on paper.
"""

import argparse
import os
import sys
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from clinic.verify import NO_BROWSER, find_browser
from tests.journeys.launching import launch

SCREENS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
THEMES = ("light", "dark")


def main(arguments: list[str]) -> int:
    """Make the pictures; 2 where there is no browser."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.bodymap import page as pages

    parser = argparse.ArgumentParser(prog="python -m tests.bodymap.show")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    out: Path = parser.parse_args(arguments).out
    executable = find_browser()
    if executable is None:
        print(NO_BROWSER, file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    served = {
        "picture": lambda: pages.html(control=False, chosen=pages.CHOSEN),
        "control": lambda: pages.html(control=True),
    }
    with sync_playwright() as playwright:
        browser = launch(playwright, executable)
        for screen, size in SCREENS.items():
            for theme in THEMES:
                context = browser.new_context(viewport=size, color_scheme=theme)
                pages.serve(context, served)
                page = context.new_page()
                for name in served:
                    page.goto(pages.ADDRESS + name)
                    page.screenshot(path=out / f"{name}-{screen}-{theme}.png", full_page=True)
                page.goto(pages.ADDRESS + "picture")
                page.emulate_media(media="print")
                page.screenshot(path=out / f"print-{screen}-{theme}.png", full_page=True)
                context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
