"""The pure packages import in a fresh interpreter in which Django cannot be found."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PURE = [
    name
    for name in ("vocabulary", "safety", "outcomes", "charts")
    if (ROOT / "sessions_app" / name / "__init__.py").exists()
]
IMPORT_ALL = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
package = importlib.import_module(sys.argv[2])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
own = {"__main__", "__mp_main__"}
third_party = {n.split(".")[0] for n in sys.modules} - sys.stdlib_module_names - own
print(sorted(third_party))
"""


def fresh_import(package: str) -> str:
    """Import every module of the package without site-packages (-S, -I); return what else came."""
    command = [sys.executable, "-I", "-S", "-c", IMPORT_ALL, str(ROOT), package]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_vocabulary_and_safety_are_among_the_pure_packages() -> None:
    assert PURE[:2] == ["vocabulary", "safety"]


@pytest.mark.parametrize("name", PURE)
def test_imports_with_the_standard_library_alone(name: str) -> None:
    assert fresh_import(f"sessions_app.{name}") == "['sessions_app']"


def test_django_could_not_have_been_found_there() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        fresh_import("django")
