"""Drawing a patient's clinical facts: what the safety rules read, fresh, stale and ended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, auto
from random import Random

from sessions_app.demo.names import Illness
from sessions_app.demo.stories import ToldFact
from sessions_app.safety.catalogue import CATALOGUE
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.recorded import FactTopic
from sessions_app.vocabulary.units import Unit

_PORTS = (BodySite.CHEST_RIGHT, BodySite.CHEST_RIGHT, BodySite.CHEST_LEFT)
_LINES = (
    (frozenset({BodySite.UPPER_ARM_LEFT}), "PICC line"),
    (frozenset({BodySite.FOREARM_RIGHT, BodySite.HAND_RIGHT}), "Infusion"),
    (frozenset({BodySite.FLANK_LEFT}), "Drain"),
    (frozenset({BodySite.ABDOMEN_LOWER}), "Syringe driver"),
    (frozenset[BodySite](), "Line; place not written down"),
)
_THERAPIES = ("Carboplatin and paclitaxel", "FOLFOX", "Docetaxel", "Gemcitabine", "Azacitidine")


class Twist(Enum):
    """What makes a patient in care today worth looking at."""

    NONE = auto()
    IN_PROGRESS = auto()
    GAP_NOT_OVER = auto()
    CONSENT_RAN_OUT = auto()
    NO_CONSENT = auto()
    BONES_NOT_NAMED = auto()
    CLOT_SIGNS = auto()
    FEW_PLATELETS = auto()
    OLD_PLATELETS = auto()


@dataclass(frozen=True)
class Stay:
    """From registration until the patient left, or until now."""

    arrived: datetime
    until: datetime
    in_bone: bool = False
    twist: Twist = Twist.NONE
    frail: float = 0.0

    @property
    def day(self) -> date:
        """The day of registration, by the clinic's clock."""
        return self.arrived.date()


def draw_facts(rng: Random, illness: Illness, stay: Stay) -> tuple[ToldFact, ...]:
    """Return all facts of a stay, in the order in which they were written down."""
    found = [
        *_consent(rng, stay),
        *_spread(rng, illness, stay),
        *_nodes(rng, illness, stay),
        *_devices(rng, stay),
        *_treatment(rng, illness, stay),
        *_clots(rng, stay),
        *_strength(rng, stay),
    ]
    return tuple(sorted(found, key=lambda told: told.recorded_at))


def none_of_these(facts: Iterable[ToldFact], number: int) -> tuple[FactKind, ...]:
    """Return what was asked at registration and is not so; some topics nobody came to ask."""
    topics = list(FactTopic)
    left_out = {topics[(number * step) % len(topics)] for step in (1, 3, 7)}
    wanted = {kind for each in CATALOGUE for kind in each.asks} - {one.kind for one in facts}
    return tuple(
        kind
        for kind in FactKind
        if kind in wanted and kind.may_be_absent and kind.recorded.topic not in left_out
    )


def _told(
    stay: Stay, kind: FactKind, observed_on: date, source: str, *, minutes: int = 15, **more: object
) -> ToldFact:
    """Return a fact written down soon after registration, with its kind's usual validity."""
    span = kind.default_validity_days
    until = None if span is None else observed_on + timedelta(days=span)
    said = {"recorded_at": stay.arrived + timedelta(minutes=minutes), "valid_until": until, **more}
    return ToldFact(kind=kind, observed_on=observed_on, source=source, **said)  # type: ignore[arg-type]


def _consent(rng: Random, stay: Stay) -> Iterator[ToldFact]:
    if stay.twist is Twist.NO_CONSENT:
        return
    signed, source = stay.day, "Consent form, signed by the patient"
    if stay.twist is Twist.CONSENT_RAN_OUT:
        signed, source = stay.until.date() - timedelta(days=368), "Consent form, earlier admission"
    yield _told(stay, FactKind.CONSENT, signed, source, minutes=5, value=Decimal(1))


def _spread(rng: Random, illness: Illness, stay: Stay) -> Iterator[ToldFact]:
    scanned = stay.day - timedelta(days=rng.randint(3, 60))
    if illness.bones and (stay.in_bone or rng.random() < 0.3):
        sites = frozenset(rng.sample(illness.bones, rng.randint(1, min(3, len(illness.bones)))))
        source = rng.choice(("Bone scan", "CT report", "Discharge letter"))
        yield _told(stay, FactKind.BONE_METASTASIS, scanned, source, sites=sites)
    if stay.twist is Twist.BONES_NOT_NAMED:
        seen = stay.until.date() - timedelta(days=1)
        told_at = stay.until - timedelta(hours=14)
        source = "Telephone call from radiology; report to follow"
        yield _told(stay, FactKind.BONE_METASTASIS, seen, source, recorded_at=told_at)
    if illness.organs and rng.random() < 0.5:
        organ = rng.choice(illness.organs)
        yield _told(stay, FactKind.OTHER_METASTASIS, scanned, "CT report", note=organ)


def _nodes(rng: Random, illness: Illness, stay: Stay) -> Iterator[ToldFact]:
    if illness.nodes and rng.random() < 0.7:
        long_ago = stay.day - timedelta(days=rng.randint(200, 4000))
        sites = frozenset({rng.choice(illness.nodes)})
        yield _told(stay, FactKind.LYMPH_NODES, long_ago, "Operation note", sites=sites)


def _devices(rng: Random, stay: Stay) -> Iterator[ToldFact]:
    placed = stay.day - timedelta(days=rng.randint(0, 6))
    if rng.random() < 0.3:
        port = frozenset({rng.choice(_PORTS)})
        yield _told(stay, FactKind.DEVICE, placed, "Seen at the bed", sites=port, note="Port")
    elif rng.random() < 0.2:
        sites, note = rng.choice(_LINES)
        gone = stay.arrived + timedelta(days=rng.randint(4, 12))
        ended = gone < stay.until and rng.random() < 0.6
        yield _told(
            stay, FactKind.DEVICE, placed, "Seen at the bed", sites=sites, note=note,
            ended_on=gone.date() if ended else None, ended_at=gone if ended else None,
        )  # fmt: skip


def _treatment(rng: Random, illness: Illness, stay: Stay) -> Iterator[ToldFact]:
    if stay.twist in (Twist.IN_PROGRESS, Twist.GAP_NOT_OVER):
        return  # nothing may stop the sessions of today
    told_of_counts = (Twist.FEW_PLATELETS, Twist.OLD_PLATELETS)
    treated = rng.random() < illness.chemo or stay.twist in told_of_counts
    if treated:
        begun = stay.day - timedelta(days=rng.randint(0, 10))
        drug = rng.choice(_THERAPIES)
        yield _told(stay, FactKind.MYELOSUPPRESSIVE_THERAPY, begun, "Treatment plan", note=drug)
    if treated or rng.random() < 0.2:
        yield from _counts(rng, stay, low=illness.icd10 == "C92.0")


def _counts(rng: Random, stay: Stay, *, low: bool) -> Iterator[ToldFact]:
    """Yield a platelet count every few days; somebody who forgets to ask leaves them stale."""
    every = rng.choice((4, 5, 6, 7, 7, 12))
    usual = rng.uniform(8, 60) if low else rng.choice((rng.uniform(30, 90), rng.gauss(190, 50)))
    unit = rng.choice((Unit.PER_NL, Unit.PER_NL, Unit.PER_UL))
    last = stay.until - timedelta(days=11 if stay.twist is Twist.OLD_PLATELETS else 1)
    taken = stay.arrived + timedelta(minutes=25)
    while taken < last:
        yield _count(stay, taken, max(8, rng.gauss(usual, 8)), unit)
        taken += timedelta(days=every)
    if stay.twist is Twist.FEW_PLATELETS:
        yield _count(stay, stay.until - timedelta(hours=20), 34, unit)
    elif stay.twist is Twist.OLD_PLATELETS:
        yield _count(stay, last, 96, unit)


def _count(stay: Stay, at: datetime, per_nl: float, unit: Unit) -> ToldFact:
    """Return one laboratory count, written down when the result came, or at registration."""
    told_at = max(at, stay.arrived + timedelta(minutes=25))
    value = Decimal(round(per_nl)) * (Unit.PER_NL.factor / unit.factor)
    return _told(
        stay, FactKind.PLATELETS, at.date(), "Laboratory", recorded_at=told_at, value=value,
        unit=unit.value,
    )  # fmt: skip


def _clots(rng: Random, stay: Stay) -> Iterator[ToldFact]:
    """Yield signs of a clot: present today, or long past and ended after the scan."""
    seen, note = stay.until - timedelta(hours=16), "Warm and swollen since yesterday"
    calf = frozenset({rng.choice((BodySite.CALF_LEFT, BodySite.CALF_RIGHT))})
    if stay.twist is Twist.CLOT_SIGNS:
        yield _told(
            stay, FactKind.LIMB_CLOT_SIGNS, seen.date(), "Seen at the bed", sites=calf, note=note,
            recorded_at=seen,
        )  # fmt: skip
    elif stay.twist is Twist.NONE and rng.random() < 0.04:
        gone = stay.arrived + timedelta(days=2)
        yield _told(
            stay, FactKind.LIMB_CLOT_SIGNS, stay.day, "Seen at the bed", sites=calf, note=note,
            ended_on=gone.date(), ended_at=gone,
        )  # fmt: skip


def _strength(rng: Random, stay: Stay) -> Iterator[ToldFact]:
    """Yield that a patient is frail: pressure 1 and 20 minutes, which few keep to (see G1)."""
    if stay.twist is Twist.NONE and rng.random() < stay.frail:
        yield _told(stay, FactKind.CACHEXIA, stay.day, "Seen at the bed", note="Very tired")
