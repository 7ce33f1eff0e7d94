"""Frozen values as plain JSON and back, by the types that they declare.

What is at its default is left out, so that a value which later gets one more field reads what was
written before it. What is not known here (a key, a code, a kind of value) is refused: a receipt is
read as it was meant, or not at all.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from sessions_app.vocabulary.body_sites import ALL_SITES
from sessions_app.vocabulary.coded import Coded

EVERYWHERE = "all"


class Unreadable(ValueError):
    """What is written is not what this program writes; the message says what is amiss."""


class Codec(NamedTuple):
    """How values of one type are written and read."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


@cache
def codec(hint: Any) -> Codec:
    """Return how values of a declared type are written. Raises ``TypeError`` for one unknown."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of(inner)
    if origin is frozenset:
        return _set(inner[0])
    if origin is tuple:
        return _row(inner[0])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(*inner)
    if isinstance(hint, type) and issubclass(hint, Coded):
        return _coded(hint)
    if is_dataclass(hint) and isinstance(hint, type):
        return _record(hint)
    raise TypeError(f"a value of {hint} is not written in a receipt")


def _itself(value: Any) -> Any:
    return value


def _only(kind: type) -> Codec:
    def read(raw: Any) -> Any:
        if type(raw) is not kind:
            raise Unreadable(f"{raw!r} is no {kind.__name__}")
        return raw

    return Codec(_itself, read)


def _as_text(kind: type, write: Callable[[Any], str], make: Callable[[str], Any]) -> Codec:
    def read(raw: Any) -> Any:
        try:
            return make(raw)
        except (TypeError, ValueError, InvalidOperation):
            raise Unreadable(f"{raw!r} is no {kind.__name__}") from None

    return Codec(write, read)


def _number(raw: str) -> Decimal:
    if not isinstance(raw, str) or not (value := Decimal(raw)).is_finite():
        raise ValueError(raw)
    return value


_PLAIN: dict[Any, Codec] = {
    bool: _only(bool),
    int: _only(int),
    str: _only(str),
    Decimal: _as_text(Decimal, str, _number),
    date: _as_text(date, date.isoformat, date.fromisoformat),
    datetime: _as_text(datetime, datetime.isoformat, datetime.fromisoformat),
}


def _coded(kind: type[Coded]) -> Codec:
    members = {member.value: member for member in kind}

    def read(raw: Any) -> Any:
        try:
            return members[raw]
        except (KeyError, TypeError):
            raise Unreadable(f"{raw!r} is no code of {kind.__name__}") from None

    return Codec(str, read)


def _one_of(kinds: tuple[Any, ...]) -> Codec:
    """One of several types, or none. Several closed lists are told apart by their names."""
    real = [kind for kind in kinds if kind is not type(None)]
    inner = codec(real[0]) if len(real) == 1 else _named(real)

    def write(value: Any) -> Any:
        return None if value is None else inner.write(value)

    def read(raw: Any) -> Any:
        return None if raw is None else inner.read(raw)

    return Codec(write, read)


def _named(kinds: list[type[Coded]]) -> Codec:
    known = {kind.__name__: codec(kind) for kind in kinds}

    def read(raw: Any) -> Any:
        name, _, code = raw.partition(":") if isinstance(raw, str) else ("", "", "")
        if name not in known:
            raise Unreadable(f"{raw!r} is none of {', '.join(known)}")
        return known[name].read(code)

    return Codec(lambda value: f"{type(value).__name__}:{value.value}", read)


def _set(kind: Any) -> Codec:
    one = codec(kind)

    def write(values: frozenset[Any]) -> Any:
        return EVERYWHERE if values == ALL_SITES else sorted(one.write(value) for value in values)

    def read(raw: Any) -> frozenset[Any]:
        if raw == EVERYWHERE:
            return ALL_SITES
        return frozenset([one.read(each) for each in _listed(raw)])

    return Codec(write, read)


def _row(kind: Any) -> Codec:
    one = codec(kind)
    return Codec(
        lambda values: [one.write(value) for value in values],
        lambda raw: tuple([one.read(each) for each in _listed(raw)]),
    )


def _listed(raw: Any) -> list[Any]:
    if not isinstance(raw, list):
        raise Unreadable(f"{raw!r} is no list")
    return raw


def _mapping(key_kind: Any, value_kind: Any) -> Codec:
    keys, values = codec(key_kind), codec(value_kind)
    return Codec(
        lambda said: {keys.write(key): values.write(value) for key, value in said.items()},
        lambda raw: {keys.read(k): values.read(v) for k, v in _keyed(raw).items()},
    )


def _keyed(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Unreadable(f"{raw!r} has no keys")
    return raw


def _record(kind: type) -> Codec:
    hints = get_type_hints(kind)
    parts = {one.name: codec(hints[one.name]) for one in fields(kind) if one.init}
    usual = {one.name: _default(one) for one in fields(kind) if one.init}
    needed = [name for name, value in usual.items() if value is MISSING]

    def write(value: Any) -> dict[str, Any]:
        said = ((name, getattr(value, name)) for name in parts)
        return {name: parts[name].write(one) for name, one in said if one != usual[name]}

    def read(raw: Any) -> Any:
        said = {}
        for name, one in _keyed(raw).items():
            if name not in parts:
                raise Unreadable(f"{kind.__name__} has no «{name}»")
            said[name] = parts[name].read(one)
        if lacking := [name for name in needed if name not in said]:
            raise Unreadable(f"{kind.__name__} lacks «{lacking[0]}»")
        return kind(**said)

    return Codec(write, read)


def _default(one: "Field[Any]") -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory()
