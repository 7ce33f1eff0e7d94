"""Assets of others stand in the repository unchanged, with their licence, and in NOTICE."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "sessions_app" / "static" / "sessions_app" / "vendor"


def _listed() -> dict[str, str]:
    """Return the manifest as path -> SHA-256."""
    lines = (VENDOR / "MANIFEST.sha256").read_text().splitlines()
    return {path: digest for digest, path in (line.split(maxsplit=1) for line in lines)}


def _present() -> dict[str, str]:
    """Return what is really there as path -> SHA-256."""
    return {
        file.relative_to(VENDOR).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "MANIFEST.sha256"
    }


def test_the_vendored_files_are_exactly_those_of_the_manifest():
    assert _present() == _listed()


def test_each_vendored_package_brings_its_licence_and_stands_in_notice():
    notice = (ROOT / "NOTICE").read_text()
    packages = [folder for folder in VENDOR.iterdir() if folder.is_dir()]
    assert packages
    for package in packages:
        assert (package / "LICENSE").is_file()
        assert f"vendor/{package.name}/LICENSE" in notice
