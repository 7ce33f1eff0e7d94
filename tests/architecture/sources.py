"""The product's own source files, for the sweeps."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "sessions_app"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


class Modules(Mapping[str, ast.Module]):
    """The parsed modules by path from the root; each is parsed when it is first asked for."""

    def __init__(self, paths: list[Path]) -> None:
        self._paths = {path.relative_to(ROOT).as_posix(): path for path in paths}
        self._parsed: dict[str, ast.Module] = {}

    def __getitem__(self, path: str) -> ast.Module:
        """Return the module as it was read first."""
        if path not in self._parsed:
            self._parsed[path] = ast.parse(self._paths[path].read_text(encoding="utf-8"))
        return self._parsed[path]

    def __iter__(self) -> Iterator[str]:
        """Yield the paths in order."""
        return iter(self._paths)

    def __len__(self) -> int:
        """Return how many modules there are."""
        return len(self._paths)


@cache
def modules() -> Modules:
    """Return the modules of the product, by path from the root; migrations left out."""
    paths = [ROOT / "manage.py", *(ROOT / "clinic").rglob("*.py"), *APP.rglob("*.py")]
    return Modules(sorted(path for path in paths if "migrations" not in path.parts))


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Return every node of a module, found once for all sweeps."""
    return tuple(ast.walk(tree))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    for node in nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@cache
def parents(tree: ast.Module) -> dict[ast.AST, ast.AST]:
    """Map each node to the one around it."""
    return {inner: outer for outer in nodes(tree) for inner in ast.iter_child_nodes(outer)}
