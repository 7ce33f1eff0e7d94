"""Reads TOML into typed values and collects every problem, each with its key and line.

Knows nothing about protocols. Standard library only.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sessions_app.protocols.toml_lines import Path

CODE = r"[a-z][a-z0-9-]{0,39}"
CODE_WORDS = "at most 40 lower-case letters, digits and hyphens"


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one file. ``key`` is dotted: ``arms.massage.techniques[2]``."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        """Return the problem as compilers print it: file, line, key, message."""
        return f"{self.file}:{self.line}: {self.key}: {self.message}"


@dataclass
class Problems:
    """The problems found so far in one file, and where its keys stand."""

    file: str
    lines: dict[Path, int]
    found: list[Problem] = field(default_factory=list)

    def add(self, path: Path, message: str) -> None:
        """Note a problem at ``path``; a key that is not there is placed at its table."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        self.found.append(Problem(self.file, self.lines.get(known, 1), dotted(path), message))


@dataclass
class Table:
    """One table of the file. Every reader notes what is wrong and returns a harmless value."""

    problems: Problems
    path: Path
    values: dict[str, Any]
    asked: set[str] = field(default_factory=set)

    def take(self, key: str, kind: type, *, required: bool = True) -> Any:
        """The value of ``key`` if it is of ``kind``, else None with a problem noted."""
        self.asked.add(key)
        if key not in self.values:
            if required:
                self.problems.add((*self.path, key), "is missing")
            return None
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.wrong(key, f"must be {_NAMES[kind]}, not {_NAMES.get(type(value), 'a date')}")
            return None
        return value

    def wrong(self, key: str | int | Path, message: str) -> None:
        """Note a problem at ``key`` of this table (a tuple reaches deeper)."""
        deeper = key if isinstance(key, tuple) else (key,)
        self.problems.add((*self.path, *deeper), message)

    def text(self, key: str, *, required: bool = True, longest: int = 2000) -> str:
        """A text with something in it; "" where it is optional and absent, or wrong."""
        value = self.take(key, str, required=required)
        if value is not None and not value.strip():
            self.wrong(key, "is empty")
        if value is not None and len(value) > longest:
            self.wrong(key, f"has {len(value)} characters, more than {longest}")
        return " ".join(value.split()) if value else ""

    def code(self, key: str) -> str:
        """A code: lower-case letters, digits and hyphens."""
        value = self.text(key)
        if value and not re.fullmatch(CODE, value):
            self.wrong(key, f"«{value}» is no code: {CODE_WORDS}")
        return value

    def truth(self, key: str, *, default: bool | None = None) -> bool:
        """True or false; required where there is no default."""
        value = self.take(key, bool, required=default is None)
        return bool(default) if value is None else bool(value)

    def number(self, key: str, low: int, high: int, *, required: bool = False) -> int | None:
        """A whole number from ``low`` to ``high``; None where it is absent or wrong."""
        value = self.take(key, int, required=required)
        if value is not None and not low <= value <= high:
            self.wrong(key, f"{value} is outside {low} to {high}")
            return None
        return None if value is None else int(value)

    def choices(
        self, key: str, known: Iterable[str], what: str, *, may_be_empty: bool = False
    ) -> tuple[str, ...]:
        """A list of known codes, none of them twice; what is wrong is left out."""
        known, right = list(known), list[str]()
        if self.values.get(key) == [] and not may_be_empty:
            self.wrong(key, f"needs at least one {what}")
        for i, item in enumerate(self.take(key, list) or ()):
            if not isinstance(item, str):
                self.wrong((key, i), f"must be a text, not {_NAMES.get(type(item), 'a date')}")
            elif item in right:
                self.wrong((key, i), f"«{item}» stands twice")
            elif item not in known:
                self.wrong((key, i), unknown(what, item, known))
            else:
                right.append(item)
        return tuple(right)

    def is_any(self, key: str) -> bool:
        """Whether the word «any» stands where a list could stand."""
        self.asked.add(key)
        return bool(self.values.get(key) == "any")

    def choice(self, key: str, known: Iterable[str], what: str) -> str | None:
        """One known code, else None."""
        value, known = self.text(key), list(known)
        if value and value not in known:
            self.wrong(key, unknown(what, value, known))
        return value if value in known else None

    def table(self, key: str, *, required: bool = True) -> "Table":
        """The table at ``key``; an empty one where there is none."""
        values = self.take(key, dict, required=required)
        return Table(self.problems, (*self.path, key), values or {})

    def tables(self, key: str, *, required: bool = True) -> list["Table"]:
        """The tables written ``[[key]]``."""
        rows = self.take(key, list, required=required) or []
        for i, row in enumerate(rows):
            if not isinstance(row, dict):
                self.wrong((key, i), f"must be a table, not {_NAMES.get(type(row), 'a date')}")
        path = (*self.path, key)
        return [
            Table(self.problems, (*path, i), row)
            for i, row in enumerate(rows)
            if isinstance(row, dict)
        ]

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.values:
            if key not in self.asked:
                self.wrong(key, unknown("key", key, self.asked))


_NAMES = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    float: "a decimal number",
}


def unknown(what: str, given: str, known: Iterable[str]) -> str:
    """Say that a code is unknown, with the nearest known one where there is one."""
    near = difflib.get_close_matches(given, list(known), n=1, cutoff=0.6)
    return f"unknown {what} «{given}»" + (f"; did you mean «{near[0]}»?" if near else "")


def dotted(path: Path) -> str:
    """Write a path as people do: ``arms.massage.techniques[2]``."""
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".") or "(file)"
