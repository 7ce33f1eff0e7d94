"""How a kind of fact is recorded: under which heading, with which units, valid how long."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

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
