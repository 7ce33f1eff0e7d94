"""Drawing what was done in a session: within the limits of the day, save where asked otherwise."""

from dataclasses import replace
from random import Random

from sessions_app.protocols.definition import ArmDefinition
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.record import Care
from sessions_app.vocabulary.body_sites import HEAD_TO_FOOT, PRESETS, SITE_GROUPS, BodySite
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.reasons import StopReason
from sessions_app.vocabulary.records import Interruption, Position, Product, Reaction
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH, Technique

_AREAS = ("neck_and_shoulders", "whole_back", "both_arms", "both_hands", "lower_legs", "both_feet")
_TOLD = (
    "Slept badly, shoulders tight.", "Tired after the morning's visitors.", "Restless, glad of it.",
    "Back aches from lying.", "Legs heavy.", "Worried about tomorrow's scan.", "A good day so far.",
    "Asked for less talk today.", "Hands cold.", "Neck stiff since the night.",
)  # fmt: skip
_SEEN = (
    "Breathing slower by the end.", "Skin intact, no new bruises.", "Ankles a little swollen.",
    "Fell asleep towards the end.", "Tense upper back, softer afterwards.", "Warm hands and feet.",
    "Repositioned twice for comfort.", "Skin dry on both shins.",
)  # fmt: skip
_JUDGED = (
    "Tolerated well.", "Feet and hands do most good.", "Less guarding of the back.",
    "Shorter is better on such days.", "Quiet company was what was wanted.",
)  # fmt: skip
_NEXT = (
    "Same again.", "Start with the feet.", "Ask about the new pain first.", "Bring warm towels.",
    "Side-lying next time.", "Check the platelet count before.", "Come after the midday dose.",
)  # fmt: skip
_REACTIONS = (
    "Sore for an hour in the right shoulder, told the nurse.", "Light-headed on sitting up.",
    "Slight redness on the left calf, gone after 20 minutes.", "Nausea towards the end; stopped.",
    "Tearful for a while; stayed with the patient.",
)  # fmt: skip
_LYING = (
    Position.SEMI_RECLINED, Position.SEMI_RECLINED, Position.SUPINE, Position.SIDE_LEFT,
    Position.SIDE_RIGHT, Position.SEATED,
)  # fmt: skip


def draw_care(
    rng: Random, arm: ArmDefinition, verdict: Verdict, minutes: int, *, bold: bool = False
) -> Care:
    """Return what was done. `bold` goes one step beyond the limit of one site, where there is one.

    `verdict` is what the rules said that day; its limits and left-out techniques are kept.
    """
    care = Care(minutes=minutes, reaction=Reaction.NONE)
    if arm.hands_on:
        techniques = _techniques(rng, arm, verdict)
        pressures = _pressures(rng, arm, verdict, still=techniques <= SIMPLE_TOUCH)
        if bold:
            pressures |= _beyond(rng, arm, verdict)
        care = replace(
            care,
            techniques=techniques,
            pressures=pressures,
            product=_product(rng, techniques),
        )
    return _described(rng, replace(care, position=rng.choice(_LYING)))


def _techniques(rng: Random, arm: ArmDefinition, verdict: Verdict) -> frozenset[Technique]:
    left_out = frozenset[Technique]().union(*(f.forbidden_techniques for f in verdict.findings))
    usual = arm.techniques or {Technique.EFFLEURAGE, Technique.PETRISSAGE, Technique.LIGHT_BRUSHING}
    possible = [one for one in Technique if one in usual and one not in left_out]
    drawn = {one for one in possible if rng.random() < _SHARE.get(one, 0.5)}
    return frozenset(drawn or possible[:1] or SIMPLE_TOUCH)


_SHARE = {Technique.EFFLEURAGE: 0.97, Technique.PETRISSAGE: 0.7, Technique.TRIGGER_POINT: 0.03}


def _pressures(
    rng: Random, arm: ArmDefinition, verdict: Verdict, *, still: bool
) -> dict[BodySite, int]:
    wanted = Pressure.RESTING if still else rng.choice((Pressure.SPREADING, Pressure.CREAMING))
    chosen = {}
    for site in _sites(rng, arm):
        firmest = min(int(wanted), verdict.limits[site].ceiling)
        if firmest >= min(int(wanted), int(Pressure.SPREADING)):
            chosen[site] = firmest
    return chosen


def _sites(rng: Random, arm: ArmDefinition) -> list[BodySite]:
    """Return some of the arm's usual places, head to foot; all of them where hands rest still."""
    usual = arm.usual_sites or PRESETS["kutner_usual"].sites
    if arm.sites is not None:
        return [site for site in HEAD_TO_FOOT if site in usual]
    areas = rng.sample(_AREAS, rng.randint(2, 5))
    picked = frozenset[BodySite]().union(*(SITE_GROUPS[area].sites for area in areas))
    return [site for site in HEAD_TO_FOOT if site in picked & usual]


def _beyond(rng: Random, arm: ArmDefinition, verdict: Verdict) -> dict[BodySite, int]:
    """Return one limited site, one step too firm; nothing where no site is limited that far."""
    limited = [
        site
        for site in HEAD_TO_FOOT
        if verdict.limits[site].ceiling < Pressure.CREAMING and (not arm.sites or site in arm.sites)
    ]
    if not limited:
        return {}
    site = rng.choice(limited)
    return {site: verdict.limits[site].ceiling + 1}


def _product(rng: Random, techniques: frozenset[Technique]) -> Product:
    if techniques <= SIMPLE_TOUCH:
        return Product.NONE
    usual = (Product.UNSCENTED_LOTION, Product.UNSCENTED_OIL)
    return rng.choice((*usual, *usual, Product.PATIENT_OWN))


def _described(rng: Random, care: Care) -> Care:
    """Add interruptions, a rare reaction, and notes to some sessions."""
    came = tuple(one for one in Interruption if rng.random() < 0.12)
    care = replace(care, interruptions=came)
    if rng.random() < 0.035:
        text = rng.choice(_REACTIONS)
        care = replace(care, reaction=Reaction.DESCRIBED, reaction_text=text)
        if text.endswith("stopped.") and care.minutes:
            care = replace(
                care, minutes=2 * care.minutes // 3, stopped_early_reason=StopReason.UNWELL
            )
    return replace(
        care,
        subjective=_perhaps(rng, _TOLD, 0.45),
        objective=_perhaps(rng, _SEEN, 0.4),
        assessment=_perhaps(rng, _JUDGED, 0.25),
        plan_note=_perhaps(rng, _NEXT, 0.3),
    )


def _perhaps(rng: Random, texts: tuple[str, ...], share: float) -> str:
    return rng.choice(texts) if rng.random() < share else ""
