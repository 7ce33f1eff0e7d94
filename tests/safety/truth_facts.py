"""The small language of the truth tables for facts, sites and sessions; see `truth/README.md`."""

import csv
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from sessions_app.safety.facts import ABSENT, Fact
from sessions_app.safety.situation import PlannedSession
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.records import Position, Product
from sessions_app.vocabulary.techniques import Technique
from sessions_app.vocabulary.units import Unit
from tests.safety.making import ago

_REGIONS = Path(__file__).parent / "truth" / "regions.csv"
_FACT = re.compile(
    r"(?P<absent>not )?(?P<kind>[a-z_]+)"
    r"(?: (?P<value>-?\d+(?:\.\d+)?|given|withdrawn)(?: (?P<unit>[a-z_]+))?)?"
    r"(?: @(?P<sites>[a-z_+]+))?"
    r" (?P<days>-?\d+)d(?: until (?P<until>-?\d+)d)?"
)
_ANSWERS = {"given": Decimal(1), "withdrawn": Decimal(0)}


def _regions() -> dict[str, frozenset[BodySite]]:
    """Return the regions by name; a region may name those above it."""
    known: dict[str, frozenset[BodySite]] = {"everywhere": ALL_SITES}
    with _REGIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known[row["region"]] = _sites(row["sites"], known)
    return known


def _sites(words: str, known: dict[str, frozenset[BodySite]]) -> frozenset[BodySite]:
    return frozenset[BodySite]().union(
        *(known[word] if word in known else {BodySite(word)} for word in words.split("+"))
    )


_KNOWN = _regions()


def sites_of(words: str) -> frozenset[BodySite]:
    """Return the sites named, by code or region: «hand_left+feet»."""
    return _sites(words, _KNOWN)


def fact_of(words: str) -> Fact:
    """Return a fact from its words: «platelets 34000 per_ul 3d», «not stoma 1d»."""
    told = _FACT.fullmatch(words)
    if not told:
        raise ValueError(f"«{words}» is not a fact: kind, value, unit, @sites, days")
    kind = FactKind(told["kind"])
    unit = "" if told["unit"] in (None, "no_unit") else Unit(told["unit"]).value
    return Fact(
        kind,
        sites_of(told["sites"]) if told["sites"] else frozenset(),
        _value(kind, told["value"], absent=bool(told["absent"])),
        unit,
        ago(int(told["days"])),
        None if told["until"] is None else ago(int(told["until"])),
        "chart",
    )


def _value(kind: FactKind, word: str | None, *, absent: bool) -> Decimal | None:
    if absent and (word or not kind.may_be_absent):
        raise ValueError(f"«not {kind.value}» cannot be recorded, or not with a value")
    if word and not kind.has_value:
        raise ValueError(f"«{kind.value}» has no value")
    if (word in _ANSWERS) != bool(word and kind.value_choices):
        raise ValueError(f"«{word}» is no value of {kind.value}")
    if absent:
        return Decimal(ABSENT)
    if word is None:
        return None
    return _ANSWERS[word] if word in _ANSWERS else Decimal(word)


_NUMBERS = {
    "minutes", "pain_before", "pain_after", "last_pain_before", "least_hours_between",
    "minutes_since_opioid", "training_hours",
}  # fmt: skip


def session_of(cell: str) -> PlannedSession | None:
    """Return a session from its words, «pain_before=7 touch=hand_left:1»; None for none."""
    if not cell:
        return None
    told = dict(_told(word) for word in cell.split())
    if len(told) != len(cell.split()):
        raise ValueError(f"«{cell}» says something twice")
    return PlannedSession(**told)


def _told(word: str) -> tuple[str, Any]:
    """Return a field of the session and its value."""
    key, _, value = word.partition("=")
    if key in _NUMBERS:
        return key, int(value)
    if key == "hours_since_last":
        return key, Decimal(value)
    if key in ("credential_until", "insurance_until"):
        return key, ago(int(value.removesuffix("d")))
    if key == "touch":
        pairs = [part.split(":") for part in value.split("+")]
        return "pressures", {BodySite(site): int(level) for site, level in pairs}
    if key == "techniques":
        return key, frozenset(map(Technique, value.split("+")))
    if word == "stopped_early":
        return word, True
    if key in ("position", "product"):
        return key, Position(value) if key == "position" else Product(value)
    raise ValueError(f"«{word}» is not understood")
