"""A small clone of the project, with a stand-in for Django, to start from nothing offline."""

import base64
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from clinic.virtualenv import ROOT

PARTS = (
    "manage.py", "clinic/__init__.py", "clinic/bootstrap.py", "clinic/command_line.py",
    "clinic/virtualenv.py",
)  # fmt: skip
# A folder of ours for compiled modules would hide from pip what is compiled beside it.
FOREIGN = ("PIP_", "UV_", "COV", "STILLHAND_", "DATABASE_", "PYTHONPYCACHEPREFIX")
STAND_IN = """
import os
import sys

def execute_from_command_line(argv):
    print("Django runs", argv[1:], "in", sys.prefix)
    print("with", {k: v for k, v in os.environ.items() if k.startswith(("STILL", "DATAB"))})
"""
EMPTY_PARTS = {
    "core/exceptions.py": "class ImproperlyConfigured(Exception): ...",
    "db.py": "class Error(Exception): ...\nconnection = None",
}


@dataclass
class Clone:
    """A folder with manage.py, its lock files, and a shelf of wheels instead of a network."""

    folder: Path
    shelf: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def venv(self) -> Path:
        """Where its environment is made."""
        return self.folder / ".venv"

    def command(self, *arguments: str, python: str = "") -> list[str]:
        """Give the command line of manage.py with these arguments."""
        return [python or base_python(), str(self.folder / "manage.py"), *arguments]

    def environment(self) -> dict[str, str]:
        """Give surroundings without uv, without an index, and without our own environment."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}
        kept |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PATH": "/usr/bin:/bin"}
        kept |= {"PIP_FIND_LINKS": str(self.shelf), "PYTHONDONTWRITEBYTECODE": "1"}
        return kept | self.variables

    def run(self, *arguments: str, python: str = "", **more: object) -> "Answer":
        """Run manage.py and give what it said."""
        done = subprocess.run(
            self.command(*arguments, python=python),
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **more,  # type: ignore[call-overload]
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def demo(self) -> "Answer":
        """Run the demo on a port that nobody uses."""
        return self.run("demo", "--port", free_port())


@dataclass(frozen=True)
class Answer:
    """What a run of manage.py said."""

    code: int
    out: str
    err: str

    def refuses_with(self, words: str) -> bool:
        """Tell whether it was one clear line with these words, exit code 2, no traceback."""
        one_line = len(self.err.strip().splitlines()) == 1
        return self.code == 2 and one_line and words in self.err


def free_port() -> str:
    """Give a port that nobody uses at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return str(probe.getsockname()[1])


def base_python() -> str:
    """Give the Python that a person without our environment would start."""
    return str(getattr(sys, "_base_executable", sys.executable))


def make_clone(folder: Path, shelf: Path) -> Clone:
    """Copy the bootstrap to `folder` and lock the stand-in for Django, version 1."""
    for part in PARTS:
        target = folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / part, target)
    shelf.mkdir()
    clone = Clone(folder, shelf)
    lock = locked(clone, "django", "1")
    (folder / "requirements.lock").write_text(lock)
    (folder / "requirements-dev.lock").write_text(lock + locked(clone, "extra", "1"))
    return clone


def locked(clone: Clone, name: str, version: str) -> str:
    """Put a wheel on the clone's shelf and give the line that pins it."""
    info = f"{name}-{version}.dist-info"
    contents = {
        f"{name}/__init__.py": "",
        f"{name}/core/__init__.py": "",
        f"{name}/core/management.py": STAND_IN,
        **{f"{name}/{path}": text for path, text in EMPTY_PARTS.items()},
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{path},{_digest(text)},{len(text)}" for path, text in contents.items()]
    contents[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""])
    wheel = clone.shelf / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in contents.items():
            archive.writestr(path, text)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name}=={version} \\\n    --hash=sha256:{digest}\n"


def _digest(text: str) -> str:
    raw = hashlib.sha256(text.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
