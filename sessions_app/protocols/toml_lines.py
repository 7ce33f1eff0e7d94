"""On which line of a TOML text each key stands: ``tomllib`` does not say.

Reads what protocol files use: tables, arrays of tables, plain and dotted keys, all four kinds of
string, lists over several lines. Nothing inside an inline table or a nested list gets a line of
its own. The text must have been parsed before. Standard library only.
"""

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]
"""Where a value stands: ``("arms", "massage", "techniques", 2)``."""

_TOKEN = re.compile(
    r'(?P<text>"""(?:\\.|[^\\])*?"""+|\'\'\'.*?\'\'\'+|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<comment>\#[^\n]*)"
    r"|(?P<mark>[\[\]{},=\n])"
    r"|(?P<bare>[^\s\[\]{},=\#\"']+)",
    re.DOTALL,
)
_OPENING, _CLOSING = ("[", "{"), ("]", "}")

Token = tuple[int, str]
"""The line, counted from 1, and what stands there."""


def line_numbers(text: str) -> dict[Path, int]:
    """Map the path of every table, key and list element to its line, counted from 1."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for statement in _statements(text):
        line, first = statement[0]
        if first == "[":
            table = _header(statement, counts)
            _note(lines, table, line)
            continue
        equals = [token for _, token in statement].index("=")
        path = (*table, *_names(statement[:equals]))
        _note(lines, path, line)
        for i, element in enumerate(_elements(statement[equals + 1 :])):
            lines[(*path, i)] = element
    return lines


def _note(lines: dict[Path, int], path: Path, line: int) -> None:
    """Remember the first line of a path, and of the tables that it implies."""
    for length in range(1, len(path) + 1):
        lines.setdefault(path[:length], line)


def _tokens(text: str) -> Iterator[Token]:
    """Everything but blanks and comments, each with the line on which it begins."""
    line, end = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", end, match.start())
        end = match.start()
        if match.lastgroup != "comment":
            yield line, match.group()


def _statements(text: str) -> Iterator[list[Token]]:
    """The headers and assignments; a line break inside brackets does not end one."""
    statement: list[Token] = []
    depth = 0
    for line, mark in (*_tokens(text), (0, "\n")):
        depth += (mark in _OPENING) - (mark in _CLOSING)
        if mark != "\n":
            statement.append((line, mark))
        elif statement and depth == 0:
            yield statement
            statement = []


def _header(statement: list[Token], counts: dict[Path, int]) -> Path:
    """The path of ``[a.b]`` or ``[[a.b]]``, with the index of each array of tables on the way."""
    names = _names([pair for pair in statement if pair[1] not in (*_OPENING, *_CLOSING)])
    is_array = len(statement) > 1 and statement[1][1] == "["
    path: Path = ()
    for place, name in enumerate(names, start=1):
        path = (*path, name)
        if is_array and place == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _names(tokens: list[Token]) -> list[str]:
    """The parts of a dotted key."""
    names: list[str] = []
    for _, token in tokens:
        quoted = token[0] in "\"'"
        names += [token[1:-1]] if quoted else [part for part in token.split(".") if part]
    return names


def _elements(value: list[Token]) -> Iterator[int]:
    """The line of each element, if the value is a list."""
    if not value or value[0][1] != "[":
        return
    depth, begins = 0, False
    for line, mark in value:
        if depth == 1 and begins and mark != "]":
            yield line
            begins = False
        depth += (mark in _OPENING) - (mark in _CLOSING)
        begins = begins or (depth == 1 and mark in ("[", ","))
