"""One arm of a protocol: who gives it, with what, where and how firmly; and how it is read.

Standard library and the clinic's vocabulary only.
"""

import re
from dataclasses import dataclass

from sessions_app.protocols.toml_reader import CODE, CODE_WORDS, Table
from sessions_app.vocabulary.body_sites import PRESETS, SITE_GROUPS, BodySite
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH, Technique

_SITE_SETS = {**SITE_GROUPS, **PRESETS}
_SITE_WORDS = [*BodySite.codes(), *_SITE_SETS]


@dataclass(frozen=True)
class ArmDefinition:
    """What differs between the arms.

    ``techniques`` or ``sites`` None is «any», an empty set «none» (an arm without touch).
    ``usual_sites`` are those the form offers first. Pressures None: none set by the protocol.
    ``minutes_per_site`` counts a place with its two sides once.
    """

    code: str
    title: str
    roles: frozenset[Role]
    who_may_give_text: str
    techniques: frozenset[Technique] | None
    sites: frozenset[BodySite] | None
    usual_sites: frozenset[BodySite]
    default_pressure: Pressure | None
    max_pressure: Pressure | None
    minutes_per_site: int | None
    hands_on: bool
    instructions: str


def read_arm(table: Table) -> ArmDefinition:
    """The arm in ``[arms.code]``; what is wrong is noted with the table's problems."""
    arm = ArmDefinition(
        code=str(table.path[-1]),
        title=table.text("title", longest=200),
        roles=frozenset(map(Role, table.choices("roles", Role.codes(), "role"))),
        who_may_give_text=table.text("who_may_give"),
        techniques=_techniques(table),
        sites=_sites(table, "sites"),
        usual_sites=_sites(table, "usual_sites") or frozenset(),
        default_pressure=_pressure(table, "default_pressure"),
        max_pressure=_pressure(table, "max_pressure"),
        minutes_per_site=table.number("minutes_per_site", 1, 240),
        hands_on=table.truth("hands_on", default=True),
        instructions=table.text("instructions"),
    )
    table.finish()
    _check_sense(table, arm)
    return arm


def _techniques(table: Table) -> frozenset[Technique] | None:
    if table.is_any("techniques"):
        return None
    known = Technique.codes()
    chosen = table.choices("techniques", known, "technique", may_be_empty=True)
    return frozenset(map(Technique, chosen))


def _sites(table: Table, key: str) -> frozenset[BodySite] | None:
    """Body sites and named sets of them, such as ``kutner_touch_ten``; None for «any»."""
    optional = key == "usual_sites"
    if table.is_any(key) or (optional and key not in table.values):
        return None
    chosen = table.choices(key, _SITE_WORDS, "body site", may_be_empty=True)
    sets = [_SITE_SETS[word].sites for word in chosen if word in _SITE_SETS]
    return frozenset(BodySite(word) for word in chosen if word not in _SITE_SETS).union(*sets)


def _pressure(table: Table, key: str) -> Pressure | None:
    level = table.number(key, min(Pressure), max(Pressure))
    return None if level is None else list(Pressure)[level]


def _check_sense(table: Table, arm: ArmDefinition) -> None:
    """Contradictions that no single key shows."""
    if not re.fullmatch(CODE, arm.code):
        table.wrong((), f"«{arm.code}» is no code: {CODE_WORDS}")
    if None not in (arm.default_pressure, arm.max_pressure) and _firmer_than_most(arm):
        table.wrong("default_pressure", "is firmer than max_pressure")
    if arm.sites is not None and not arm.usual_sites <= arm.sites:
        table.wrong("usual_sites", "holds a site that is not in sites")
    volunteer_gives = Role.VOLUNTEER in arm.roles
    if volunteer_gives and (arm.techniques is None or not arm.techniques <= SIMPLE_TOUCH):
        table.wrong("techniques", "volunteers give still_holding only")
    if not arm.hands_on:
        _check_no_touch(table, arm)
    elif [] in (table.values.get("techniques"), table.values.get("sites")):
        table.wrong((), "an empty list needs hands_on = false; «any» allows all")


def _firmer_than_most(arm: ArmDefinition) -> bool:
    return (arm.default_pressure or 0) > (arm.max_pressure or 0)


def _check_no_touch(table: Table, arm: ArmDefinition) -> None:
    """An arm without touch has neither techniques nor sites nor a pressure."""
    for key in ("techniques", "sites", "usual_sites"):
        if getattr(arm, key) != frozenset() or table.values.get(key):
            table.wrong(key, "must be empty where hands_on is false")
    for key in ("default_pressure", "max_pressure", "minutes_per_site"):
        if key in table.values:
            table.wrong(key, "has no meaning where hands_on is false")
