"""How a kind of fact is recorded: under which heading, with which units, valid how long."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Self

from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.units import Unit


class FactTopic(Coded):
    """The headings under which facts are asked and listed."""

    BONES = "bones", "Bones and spine", "Metastases in bone, fracture risk, the spine."
    BLOOD = "blood", "Blood", "Counts and bleeding."
    CLOTS = "clots", "Clots", "Signs of a clot, or a clot that is being treated."
    LYMPH = "lymph", "Lymph and swelling", "Nodes, lymphoedema, oedema."
    CANCER = "cancer", "Tumour and spread", "Where the cancer is besides bone."
    TREATMENT = "treatment", "Treatment", "Surgery, radiotherapy, drugs."
    DEVICES = "devices", "Devices and patches", "What is in or on the body."
    SKIN = "skin", "Skin and nerves", "Wounds, fragile skin, numbness, painful touch."
    SIGNS = "signs", "Signs today", "What is new today and may be urgent."
    STATE = "state", "How the patient is", "Strength, blood pressure, breathing, belly."
    CONSENT = "consent", "Consent and allergies", "What the patient agreed to and cannot bear."


Worse = Literal["low", "high"]


LONGEST_SPANS = 2
"""A fact may be declared valid for at most so many of its kind's usual spans (our design)."""

LONGEST_DAYS = 730
"""The same where a kind has no usual span."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """How a kind of fact is recorded.

    ``sites``: places are asked for; where they are not known the fact is recorded all the same.
    ``days``: when to ask again, None for lifelong, 0 for each day anew. ``units`` and ``worse``
    belong to a measurement: in what it is printed, and which end is the worse. ``values``: the
    answers where the value is one of a few. ``least`` and ``most``: what can be true of a value,
    in the base unit; anything else is a slip of the pen or of the unit (our design). ``offered``:
    the sites where it can be, None for anywhere.
    """

    topic: FactTopic
    days: int | None = None
    sites: bool = False
    units: tuple[Unit, ...] = ()
    worse: Worse = "low"
    values: tuple[tuple[int, str], ...] = ()
    least: int = 0
    most: int = 0
    offered: frozenset[BodySite] | None = None

    def least_in(self, unit: Unit) -> Decimal:
        """Return the least that can be true of a value in this unit."""
        return unit.from_base(Decimal(self.least))

    def most_in(self, unit: Unit) -> Decimal:
        """Return the most that can be true of a value in this unit."""
        return unit.from_base(Decimal(self.most))


_LOOKED_UP = Recorded(FactTopic.BONES)  # only so that a look-up reads well to type checkers


class RecordedKind(Coded):
    """The base of the closed list of facts: how a kind is recorded, in its own words."""

    recorded: Recorded
    needs_sites: bool
    """Whether places are asked for."""
    may_be_absent: bool
    """Whether «asked, and not so» can be recorded of it (value 0): a hazard without a value."""

    def __new__(
        cls,
        code: str,
        label: str = "",
        meaning: str = "",
        recorded: Recorded = _LOOKED_UP,
    ) -> Self:
        """Make the member from its row in the table below."""
        member = cls._worded(code, label, meaning)
        member.recorded = recorded
        member.needs_sites = recorded.sites
        member.may_be_absent = not (recorded.units or recorded.values)
        return member

    @property
    def default_validity_days(self) -> int | None:
        """After how many days the fact is asked again; None for lifelong."""
        return self.recorded.days

    @property
    def unit_choices(self) -> tuple[Unit, ...]:
        """The units of a measurement; empty for anything else."""
        return self.recorded.units

    @property
    def value_choices(self) -> tuple[tuple[int, str], ...]:
        """The answers where the value is one of a few."""
        return self.recorded.values

    @property
    def sites_offered(self) -> frozenset[BodySite] | None:
        """Where such a fact can be; None for anywhere."""
        return self.recorded.offered

    @property
    def longest_validity_days(self) -> int:
        """For how many days a fact of this kind may be declared valid."""
        usual = self.default_validity_days
        return LONGEST_DAYS if usual is None else LONGEST_SPANS * usual

    def believes(self, value: Decimal, unit: Unit) -> bool:
        """Return whether a value in this unit can be true."""
        return self.recorded.least <= unit.to_base(value) <= self.recorded.most

    @property
    def has_value(self) -> bool:
        """Whether a value belongs to it."""
        return bool(self.unit_choices or self.value_choices)

    @property
    def value_required(self) -> bool:
        """Whether it says nothing without its value: a laboratory value or an answer."""
        return self.has_value and Unit.POINTS not in self.unit_choices

    def value_words(self, value: Decimal | None, unit: str) -> str:
        """Return a value as it was written: a count with its unit, or an answer in words."""
        if value is None:
            return ""
        if self.may_be_absent:
            return "" if value else "asked: not so"
        for answer, in_words in self.value_choices:
            if value == answer:
                return in_words
        for one in self.unit_choices:
            if one.value == unit:
                return one.written(value)
        return f"{value.normalize():,f} {unit}".strip()
