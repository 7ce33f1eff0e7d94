"""Pictures of the body map, to be looked at.

    python -m tests.bodymap.show OUT_DIR

makes it as a picture and as a control, on a phone and on a desktop, in light, dark and on paper.
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
    from tests.bodymap import page as pages

    served = {
        "picture": lambda: pages.html(control=False, chosen=pages.CHOSEN),
        "control": lambda: pages.html(control=True),
    }

    def take(page: Page, out: Path, screen: str, theme: str) -> None:
        for name in served:
            page.goto(pages.ADDRESS + name)
            page.screenshot(path=out / f"{name}-{screen}-{theme}.png", full_page=True)
        page.goto(pages.ADDRESS + "picture")
        page.emulate_media(media="print")
        page.screenshot(path=out / f"print-{screen}-{theme}.png", full_page=True)

    return show("tests.bodymap.show", arguments, served, take)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
