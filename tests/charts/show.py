"""Pictures of the example charts, to be looked at.

    python -m tests.charts.show OUT_DIR

makes them on a phone and on a desktop, in light, dark and on grey paper.
"""

import os
import sys
from pathlib import Path

import django
from playwright.sync_api import Page

from tests.showing import show


def main(arguments: list[str]) -> int:
    """Make the pictures; 2 where there is no browser."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.bodymap.page import ADDRESS
    from tests.charts.page import html

    def take(page: Page, out: Path, screen: str, theme: str) -> None:
        page.goto(f"{ADDRESS}charts")
        _pictures(page, out, f"{screen}-{theme}")
        if (screen, theme) == ("desktop", "light"):
            page.emulate_media(media="print")
            page.set_viewport_size({"width": 700, "height": 900})
            _pictures(page, out, "print")

    return show("tests.charts.show", arguments, {"charts": html}, take)


def _pictures(page: Page, out: Path, name: str) -> None:
    """Make one picture of the page, and one of each chart."""
    page.screenshot(path=out / f"{name}.png", full_page=True)
    for one in page.locator("main .page > section").all():
        one.screenshot(path=out / f"{name}-{one.get_attribute('id')}.png")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
