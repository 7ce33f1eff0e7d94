"""How Chromium is started for the journeys and for the pictures."""

import os

from playwright.sync_api import Browser, Playwright

# Nothing but the page's own requests: no updates, no look-ups of the maker's hosts.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def launch(playwright: Playwright, executable: str) -> Browser:
    """Start the browser; as root it runs without its sandbox, which refuses root."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*QUIET, "--no-sandbox"] if as_root else list(QUIET)
    return playwright.chromium.launch(executable_path=executable, args=arguments)
