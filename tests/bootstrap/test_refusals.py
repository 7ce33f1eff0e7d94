"""What stands in the way is one clear line, exit code 2, and no traceback."""

import ast
import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest

from clinic.virtualenv import ROOT
from tests.bootstrap.clone import Clone, free_port, locked

NO_PIP = "import sys\nsys.modules['pip'] = sys.modules['ensurepip'] = None\n"
ORDINARY_PYTHON = "/usr/bin/python3"  # one that another account can reach too


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["demo", "--prot", "8000"], "unrecognized arguments: --prot 8000"),
        (["demo", "--port", "0"], "'0' is not a port"),
        (["demo", "--port", "65536"], "'65536' is not a port"),
        (["demo", "--port", "x"], "'x' is not a port"),
        (["verify", "--quick"], "unrecognized arguments: --quick"),
    ],
)
def test_a_wrong_argument(clone: Clone, arguments: list[str], words: str) -> None:
    answer = clone.run(*arguments)
    assert answer.refuses_with(words), answer
    assert not clone.venv.exists(), "it was refused before the installation"


def test_a_port_in_use(clone: Clone) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        answer = clone.run("demo", "--port", port)
    assert answer.refuses_with(f"port {port} is in use"), answer
    assert not clone.venv.exists(), "it was refused before the installation"


def test_a_data_folder_that_is_a_file(clone: Clone) -> None:
    answer = clone.run("demo", "--port", free_port(), "--data", str(clone.folder / "manage.py"))
    assert answer.refuses_with("choose another folder with --data"), answer


def test_a_python_without_the_venv_module(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "venv.py").write_text("raise ImportError")
    clone.variables["PYTHONPATH"] = str(tmp_path)
    assert clone.demo().refuses_with("apt-get install python3-venv")


@pytest.mark.slow
def test_a_python_without_pip_and_ensurepip(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_PIP)
    clone.variables["PYTHONPATH"] = str(tmp_path)
    assert clone.demo().refuses_with("apt-get install python3-venv")


@pytest.mark.slow
@pytest.mark.parametrize(
    "variables",
    [
        {"PIP_FIND_LINKS": ""},
        {
            "PIP_FIND_LINKS": "",
            "PIP_NO_INDEX": "0",
            "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
            "PIP_RETRIES": "0",
        },
    ],
)
def test_no_network(clone: Clone, variables: dict[str, str]) -> None:
    working = dict(clone.variables)
    clone.variables |= variables
    answer = clone.demo()
    assert answer.refuses_with("is there a network connection?"), answer
    clone.variables = working
    assert clone.demo().code == 0, "the next run, with a network, succeeds"


@pytest.mark.slow
def test_a_package_that_is_not_the_locked_one(clone: Clone) -> None:
    lock = clone.folder / "requirements.lock"
    lock.write_text(lock.read_text()[:-5] + "0000\n")
    assert clone.demo().refuses_with("is not the one that was locked")


@pytest.mark.slow
def test_a_failure_nobody_foresaw_gives_its_last_line(clone: Clone) -> None:
    (clone.folder / "requirements.lock").write_text(locked(clone, "django", "1") + "%%\n")
    assert clone.demo().refuses_with("installing failed: ")


@pytest.mark.slow
def test_a_folder_that_cannot_be_written(clone: Clone) -> None:
    as_root = os.geteuid() == 0
    other = {"user": 65534, "group": 65534, "extra_groups": []} if as_root else {}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copytree(clone.folder, folder, dirs_exist_ok=True)
        folder.chmod(0o555)
        python = ORDINARY_PYTHON if as_root else ""
        elsewhere = tempfile.gettempdir()
        answer = Clone(folder, clone.shelf).run(
            "demo", "--port", free_port(), "--data", elsewhere, python=python, **other
        )
        folder.chmod(0o755)
    assert answer.refuses_with("must be yours and writable"), answer


def test_a_python_that_is_too_old(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.version_info = (3, 10, 9)\n")
    clone.variables["PYTHONPATH"] = str(tmp_path)
    answer = clone.demo()
    assert answer.refuses_with("needs Python 3.11 or newer, and this is Python 3.10"), answer


def test_an_old_python_can_read_manage_py() -> None:
    ast.parse((ROOT / "manage.py").read_text(encoding="utf-8"), feature_version=(3, 4))
