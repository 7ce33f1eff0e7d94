"""From a fresh clone to a running command, with the standard library alone.

`demo` and `verify` run inside the `.venv` beside manage.py (see virtualenv.py), which is made
when it is missing. What would be refused after the installation (an argument, a port in use, a
folder that cannot be written) is refused before it. Whatever stands in the way is one
`Refused`: one clear line, exit code 2.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from clinic import virtualenv
from clinic.virtualenv import PYTHON, ROOT, Refused

LOCKS = {"demo": "requirements.lock", "verify": "requirements-dev.lock"}


class OneLineParser(argparse.ArgumentParser):
    """An argument parser whose complaint is a single line."""

    def error(self, message: str) -> NoReturn:
        """Leave with the complaint and where the help is, exit code 2."""
        self.exit(2, f"{self.prog}: {message}; see python3 manage.py {self.prog} --help\n")


def enter(argv: list[str]) -> None:
    """Return when this process can run the command `argv`, else restart it in `.venv`.

    `demo` and `verify` always run in `.venv`, with their lock installed. Any other command is
    left alone where Django can be imported, and uses `.venv` where that exists.
    """
    command = argv[1] if len(argv) > 1 else ""
    try:
        if command in LOCKS:
            _look_at_arguments(command, argv[2:])
            virtualenv.ensure(LOCKS[command])
            if not virtualenv.is_current():
                _restart(argv)
        elif importlib.util.find_spec("django") is None:
            if virtualenv.is_current() or not PYTHON.exists():
                raise Refused(
                    "Django is not installed here: run python3 manage.py demo, or install "
                    "requirements.lock into a virtual environment"
                )
            _restart(argv)
    except Refused as reason:
        sys.exit(_said(f"{command or 'manage.py'}: {reason}", 2))
    except KeyboardInterrupt:
        sys.exit(_said(f"\n{command}: stopped; the next run begins where this one left", 130))


def demo_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `demo`; the Django command of that name adds the same ones."""
    parser.add_argument("--port", type=_port, default=8000, help="port to serve on (8000)")
    parser.add_argument(
        "--data", type=Path, default=ROOT / "data/demo", metavar="DIR", help="its files (data/demo)"
    )
    parser.add_argument("--reset", action="store_true", help="delete the demo's data, begin anew")


def verify_parser() -> argparse.ArgumentParser:
    """Give the parser of `verify`'s own options."""
    parser = OneLineParser(prog="verify", description="Lint, types, contracts and all tests.")
    parser.add_argument(
        "--fast", action="store_true", help="the inner loop: SQLite only, no browser, a minute"
    )
    parser.add_argument("pytest", nargs="*", metavar="-- ARGUMENT", help="passed on to pytest")
    return parser


def port_problem(port: int) -> str | None:
    """Say in one line why the demo cannot listen on 127.0.0.1:`port`; None when it can."""
    with socket.socket() as probe:
        if os.name != "nt":  # there it would allow a port that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            return f"port {port} is reserved for the system: choose one above 1023 with --port"
        except OSError:
            other = port + 1 if port < 65535 else 8000
            return f"port {port} is in use: stop what uses it, or choose another: --port {other}"
    return None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"'{text}' is not a port (1 to 65535)")
    return int(text)


def _look_at_arguments(command: str, arguments: list[str]) -> None:
    """Refuse before the long installation what would be refused after it."""
    if command == "verify":
        verify_parser().parse_args(arguments)
        return
    parser = OneLineParser(prog="demo", description="A clinic with invented patients, to try.")
    demo_arguments(parser)
    options = parser.parse_args(arguments)
    problem = port_problem(options.port)
    if problem:
        raise Refused(problem)
    data = options.data.resolve()
    folder = next(place for place in (data, *data.parents) if place.exists())
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        raise Refused(f"cannot write to {folder}: choose another folder with --data DIR")
    # The demo has its own settings, whatever the shell it is started in says of another clinic.
    for name in ("DATABASE_URL", "DATABASE_URL_FILE"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "clinic.settings",
        "STILLHAND_DEMO": "1",
        "STILLHAND_DATA": str(data),
        "STILLHAND_SECRET_KEY": _demo_key(data),
    }


def _demo_key(data: Path) -> str:
    """Give the demo's secret key: made once, so that sign-ins outlast a restart.

    Nothing is written beside a database that is there already: it may not be the demo's.
    """
    kept = data / "secret_key"
    try:
        if not kept.exists() and not any(data.glob("*.sqlite3")):
            data.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        return (kept.exists() and kept.read_text(encoding="utf-8")) or secrets.token_urlsafe(48)
    except OSError as error:
        raise Refused(f"cannot write to {data} ({error.strerror}): choose --data DIR") from None


def _restart(argv: list[str]) -> NoReturn:
    command = [str(PYTHON), str(ROOT / "manage.py"), *argv[1:]]
    sys.stdout.flush()
    if os.name == "nt":  # execv there returns to the shell before the new process has ended
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def _said(line: str, code: int) -> int:
    print(line, file=sys.stderr)
    return code
