"""A sense of proportion: modules, functions, views and actions stay small."""

import ast
from pathlib import Path
from statistics import median

from tests.architecture.sources import ROOT, TEMPLATES, functions, modules

MODULE, FUNCTION, VIEW, ACTION, TEMPLATE = 250, 30, 20, 40, 120
LONGER: dict[str, dict[str, int]] = {"sessions_app/enrolments/views.py": {"enrol": 26}}
"""What is longer than the house allows, with its lines. This list may only become shorter."""


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def allowed(path: str) -> int:
    """Return how many lines a function may have: a view fewest, an action most."""
    name = path.rsplit("/", 1)[-1]
    return VIEW if name == "views.py" else ACTION if name.endswith("actions.py") else FUNCTION


def test_a_module_is_read_in_one_sitting() -> None:
    assert modules()
    assert [path for path in modules() if _length(ROOT / path) > MODULE] == []


def test_what_is_longer_still_exists() -> None:
    assert set(LONGER) <= set(modules())


def test_a_function_holds_one_thought() -> None:
    assert {path: long for path in modules() if (long := _longer(path))} == LONGER


def test_the_usual_function_is_short() -> None:
    sizes = [lines(node) for tree in modules().values() for node in functions(tree)]
    assert median(sizes) <= 8


def test_a_template_stays_small() -> None:
    assert TEMPLATES
    assert [str(path) for path in TEMPLATES if _length(path) > TEMPLATE] == []


def test_every_module_says_what_it_means() -> None:
    silent = [path for path, tree in modules().items() if tree.body and not ast.get_docstring(tree)]
    assert set(silent) <= {"sessions_app/__init__.py", "manage.py"}


def test_every_public_function_and_class_says_what_it_means() -> None:
    assert [f"{path}: {one}" for path, tree in modules().items() for one in _silent(tree)] == []


def _length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _longer(path: str) -> dict[str, int]:
    sizes = {node.name: lines(node) for node in functions(modules()[path])}
    return {name: size for name, size in sizes.items() if size > allowed(path)}


def _silent(tree: ast.Module) -> list[str]:
    named = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    public = [node for node in named if not node.name.startswith("_")]
    return [node.name for node in public if not ast.get_docstring(node)]
