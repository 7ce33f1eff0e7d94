"""From a fresh clone to a running command, for real: a new .venv each time, no network."""

import ast
import subprocess

import pytest

from tests.bootstrap.clone import Answer, Clone, free_port, locked

pytestmark = pytest.mark.slow


def settings_of(answer: Answer) -> dict[str, str]:
    """Read the settings that the stand-in for Django was given."""
    return dict(ast.literal_eval(answer.out.rpartition("with ")[2]))


def test_a_fresh_clone_makes_its_environment_and_runs_the_command(clone: Clone) -> None:
    port = free_port()
    first = clone.run("demo", "--port", port)
    assert first.code == 0, first.err
    assert f"Django runs ['demo', '--port', '{port}'] in {clone.venv}" in first.out
    second = clone.demo()
    assert second.out.startswith("Django runs ['demo'"), "nothing is installed twice"


def test_the_demo_keeps_to_its_own_database_and_settings(clone: Clone) -> None:
    clone.variables |= {"DATABASE_URL": "postgres://the/real/one", "STILLHAND_DEMO": "0"}
    first, second = settings_of(clone.demo()), settings_of(clone.demo())
    assert first == second, "the secret key is made once"
    assert len(first.pop("STILLHAND_SECRET_KEY")) > 50
    data = str(clone.folder / "data" / "demo")
    assert first == {"STILLHAND_DEMO": "1", "STILLHAND_DATA": data}


def test_the_demo_writes_nothing_beside_a_database_of_others(clone: Clone) -> None:
    folder = clone.folder / "data" / "demo"
    folder.mkdir(parents=True)
    (folder / "stillhand.sqlite3").touch()
    clone.demo()
    assert [file.name for file in folder.iterdir()] == ["stillhand.sqlite3"]


def test_other_commands_use_the_environment_once_it_exists(clone: Clone) -> None:
    assert clone.run("migrate", "--plan").refuses_with("run python3 manage.py demo")
    clone.demo()
    assert "Django runs ['migrate', '--plan']" in clone.run("migrate", "--plan").out


def test_an_interrupted_installation_is_begun_anew(clone: Clone) -> None:
    clone.demo()
    (clone.venv / "unfinished").touch()
    left_behind = clone.venv / "half-installed"
    left_behind.touch()
    assert "Making .venv" in clone.demo().out
    assert not left_behind.exists()


@pytest.mark.parametrize(
    ("old", "new"), [("version = ", "version = 2.6.0 #"), ("version = ", "nothing = ")]
)
def test_an_environment_of_another_python_is_made_anew(clone: Clone, old: str, new: str) -> None:
    clone.demo()
    settings = clone.venv / "pyvenv.cfg"
    settings.write_text(settings.read_text().replace(old, new))
    assert "Making .venv" in clone.demo().out


def test_an_environment_whose_python_vanished_is_made_anew(clone: Clone) -> None:
    clone.demo()
    for python in (clone.venv / "bin").glob("python*"):
        python.unlink()
        python.symlink_to("/nowhere/python3")
    again = clone.demo()
    assert again.code == 0, again.err
    assert "Making .venv" in again.out


def test_a_changed_lock_is_installed_at_the_next_start(clone: Clone) -> None:
    clone.demo()
    (clone.folder / "requirements.lock").write_text(locked(clone, "django", "2"))
    again = clone.demo()
    assert "Installing 1 packages of requirements.lock" in again.out
    assert "Making" not in again.out
    assert list(clone.venv.glob("lib/*/site-packages/django-2.dist-info"))


def test_two_first_starts_at_once_both_arrive(clone: Clone) -> None:
    both = [
        subprocess.Popen(
            clone.command("demo", "--port", port),
            env=clone.environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        for port in (free_port(), free_port())
    ]
    said = [run.communicate(timeout=60)[0] for run in both]
    assert [run.returncode for run in both] == [0, 0]
    assert sum("Making .venv" in words for words in said) == 1


def test_uv_is_preferred_and_pip_takes_over_when_it_fails(clone: Clone) -> None:
    tools = clone.folder / "tools"
    tools.mkdir()
    asked = tools / "asked"
    uv = tools / "uv"
    uv.write_text(f'#!/bin/sh\necho "$UV_PYTHON_DOWNLOADS $@" > {asked}\nexit 1\n')
    uv.chmod(0o755)
    clone.variables["PATH"] = f"{tools}:/usr/bin:/bin"
    assert clone.demo().code == 0
    assert asked.read_text().startswith("never pip install --python ")
