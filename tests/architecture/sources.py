"""The product's own source files, for the sweeps."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "sessions_app"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@cache
def modules() -> dict[str, ast.Module]:
    """Return the parsed modules of the product, by path from the root; migrations left out."""
    paths = [ROOT / "manage.py", *(ROOT / "clinic").rglob("*.py"), *APP.rglob("*.py")]
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(paths)
        if "migrations" not in path.parts
    }


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def parents(tree: ast.Module) -> dict[ast.AST, ast.AST]:
    """Map each node to the one around it."""
    return {inner: outer for outer in ast.walk(tree) for inner in ast.iter_child_nodes(outer)}
