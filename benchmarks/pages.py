"""What the pages cost: statements, bytes, and time in process, over a clinic of thousands."""

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.load import Form

REPEATS = 9
_JOINED = re.compile(r"\bAS \(\s*(INSERT\s+INTO\s+\S+)")


@dataclass(frozen=True)
class Page:
    """One page as it was answered."""

    name: str
    status: int
    statements: int
    size: int
    milliseconds: float


@dataclass(frozen=True)
class Budget:
    """At most so many statements, bytes and milliseconds; None is no limit."""

    statements: int | None = None
    size: int | None = None
    milliseconds: float | None = None

    def holds(self, page: Page) -> bool:
        """Tell whether the page keeps to it."""
        pairs = (
            (page.statements, self.statements),
            (page.size, self.size),
            (page.milliseconds, self.milliseconds),
        )
        return all(limit is None or value <= limit for value, limit in pairs)


def look_at(name: str, browser: Client, address: str) -> Page:
    """Open a page several times in process: the median time, the statements of the last time."""
    browser.get(address)
    took = []
    for _ in range(REPEATS):
        began = perf_counter()
        browser.get(address)
        took.append(1e3 * (perf_counter() - began))
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    return Page(name, answer.status_code, len(asked), len(answer.content), median(took))


def statements_of(browser: Client, form: Form, key: str) -> tuple[str, list[str]]:
    """Post a form in process; give where it redirects to, and the statements it took."""
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(
            form.path,
            form.body.replace("~KEY~", key),
            content_type="application/x-www-form-urlencoded",
        )
    if answer.status_code != 302:
        raise SystemExit(f"{form.path} answered {answer.status_code}, not a redirect")
    return answer["Location"], [one["sql"] for one in asked.captured_queries]


def by_kind(messages: list[str]) -> Counter[str]:
    """Count statements by their first word and the table; a message may hold several.

    What is joined into one statement, each part named with «AS (INSERT …)», counts part by part.
    """
    parts = (sql for message in messages for sql in message.split(";\n"))
    return Counter(_kind(part) for sql in parts for part in _JOINED.findall(sql) or [sql])


def _kind(sql: str) -> str:
    words = sql.replace('"', "").split()
    verb = words[0].upper().rstrip(";")
    before = {"SELECT": "FROM", "INSERT": "INTO", "DELETE": "FROM"}.get(verb)
    if verb == "UPDATE":
        return f"UPDATE {words[1]}"
    return f"{verb} {words[words.index(before) + 1]}" if before in words else verb
