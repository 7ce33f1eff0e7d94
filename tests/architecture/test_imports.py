"""Who may import whom, as pyproject.toml's contracts say; and pure cores without Django."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, modules, nodes

PURE = ("vocabulary", "safety", "outcomes", "bodymap", "charts")
PURE_MODULES = [
    path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for path in modules()
    if path.startswith(tuple(f"sessions_app/{package}/" for package in PURE))
] + ["sessions_app.protocols.definition", "sessions_app.identity"]


@pytest.mark.slow  # the inner loop has checked them just before the tests
def test_the_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr


def test_every_package_with_a_view_is_in_the_contract_for_packages() -> None:
    told = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for path in modules():
        if path.endswith(("/views.py", "actions.py")):
            package = path.rsplit("/", 1)[0].replace("/", ".")
            assert f'"{package}",' in told, package


def test_the_pure_cores_import_without_django() -> None:
    code = (
        "import sys, importlib; sys.modules['django'] = None\n"
        f"for name in {PURE_MODULES!r}: importlib.import_module(name)\n"
        "assert not [m for m in sys.modules if m.startswith('django.')]"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", PURE)
def test_the_pure_packages_know_no_clock_no_chance_and_no_settings(package: str) -> None:
    import ast

    clocks = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "environ", "getenv"}
    for path, tree in modules().items():
        if not path.startswith(f"sessions_app/{package}/"):
            continue
        for node in nodes(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                base = node.func.value
                of = base.id if isinstance(base, ast.Name) else ""
                asks = node.func.attr in clocks and of in ("date", "datetime", "time", "os")
                assert not asks, f"{path}:{node.lineno}"
            if isinstance(node, ast.Import):
                assert not {"random", "secrets"} & {name.name for name in node.names}, path
