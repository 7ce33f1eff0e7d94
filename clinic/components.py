"""What the tests need besides Python: found on this machine, else installed where that can be."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from typing import TypeVar

from clinic import virtualenv

# The shell is Chromium without its windows: the same pages for two thirds of the processor's time.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
BROWSER_PACKAGES = ("chromium-headless-shell", "chromium")
NO_BROWSER = (
    "Chromium is missing: install it (Debian: apt-get install chromium), "
    "or set CHROMIUM to the browser's path"
)

Found = TypeVar("Found")


def say(line: str) -> None:
    """Print one line now, before the next program prints its own."""
    print(line, flush=True)


def in_ci() -> bool:
    """Tell whether this machine must have every component (CI=true)."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def find_browser() -> str | None:
    """Find a Chromium that runs: the one CHROMIUM names, else one on the PATH."""
    named = os.environ.get("CHROMIUM")
    for name in (named,) if named else BROWSERS:
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True).returncode == 0:
            return path
    return None


def component(
    find: Callable[[], Found | None], packages: tuple[str, ...], missing: str
) -> Found | None:
    """Find a component; install the first Debian package that can be had, and look again.

    What stays missing is said in one line, and refused with CI=true.
    """
    found = find()
    for package in packages:
        if found is None and _install_debian(package):
            found = find()
    if found is None and in_ci():
        raise virtualenv.Refused(missing)
    if found is None:
        say(f"{missing}. The tests that need it are left out.")
    return found


def _install_debian(package: str) -> bool:
    """Install a Debian package as root; its log is shown when that fails."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say(f"Installing {package} with apt-get")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", package]
    with tempfile.TemporaryFile() as log:
        for command in (["apt-get", "update"], install):
            done = subprocess.run(command, stdout=log, stderr=log, env=quiet, check=False)
        if done.returncode != 0:
            log.seek(0)
            say(log.read().decode(errors="replace").rstrip())
    return done.returncode == 0
