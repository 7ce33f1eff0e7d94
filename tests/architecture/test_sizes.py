"""A sense of proportion: modules, functions, views and actions stay small."""

import ast
from statistics import median

import pytest

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


@pytest.mark.parametrize("path", modules())
def test_a_module_is_read_in_one_sitting(path: str) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= MODULE


def test_what_is_longer_still_exists() -> None:
    assert set(LONGER) <= set(modules())


@pytest.mark.parametrize("path", modules())
def test_a_function_holds_one_thought(path: str) -> None:
    most = allowed(path)
    all_of_it = {node.name: lines(node) for node in functions(modules()[path])}
    long = {name: size for name, size in all_of_it.items() if size > most}
    assert long == LONGER.get(path, {})


def test_the_usual_function_is_short() -> None:
    sizes = [lines(node) for tree in modules().values() for node in functions(tree)]
    assert median(sizes) <= 8


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_stays_small(path: object) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= TEMPLATE  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", modules())
def test_every_module_and_public_function_says_what_it_means(path: str) -> None:
    tree = modules()[path]
    if path not in ("sessions_app/__init__.py", "manage.py") and tree.body:
        assert ast.get_docstring(tree), path
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []
