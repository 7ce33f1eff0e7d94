"""What of an error may stand in a log: where it happened and of which kind, not what was typed.

The words of an error often quote a value: `int("Ashgrove")` names a patient. So the words are kept
only where they are about the program, and of the database's words the first line without values.
"""

import re
import sqlite3
import traceback
from collections.abc import Iterator

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseError
from django.template import TemplateDoesNotExist, TemplateSyntaxError

WITHHELD = "(its words are not logged)"
_ABOUT_THE_PROGRAM = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    MemoryError,
    NameError,
    NotImplementedError,
    RecursionError,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)
_OF_THE_DATABASE = (DatabaseError, psycopg.Error, sqlite3.Error)
# What stands in quotes is a name of ours (constraint_of_a_table) or a value that somebody typed.
_QUOTED = re.compile(r"""(["'])([^"']*)\1""")
_OUR_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")


def told(error: BaseException) -> str:
    """Tell an error and what led to it as Python does, with words where they quote nothing."""
    return "".join(_parts(error, set())).rstrip("\n")


def words_of(error: BaseException) -> str:
    """Return what an error says, as far as it quotes no value."""
    if isinstance(error, _OF_THE_DATABASE):
        return _QUOTED.sub(_our_name, (str(error).splitlines() or [""])[0])
    if type(error) in _ABOUT_THE_PROGRAM:
        return str(error)
    return WITHHELD if str(error) else ""


def _our_name(quoted: re.Match[str]) -> str:
    return quoted[0] if _OUR_NAME.fullmatch(quoted[2]) else "«…»"


def _parts(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before, how = error.__cause__, "The above exception was the direct cause of the following one:"
    if before is None and not error.__suppress_context__:
        before, how = error.__context__, "During handling of the above, another exception occurred:"
    if before is not None and id(before) not in seen:
        yield from _parts(before, seen)
        yield f"\n{how}\n\n"
    if error.__traceback__ is not None:
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(error.__traceback__)
    words, kind = words_of(error), type(error)
    named = kind.__qualname__ if kind.__module__ == "builtins" else _full_name(kind)
    yield f"{named}: {words}\n" if words else f"{named}\n"


def _full_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
