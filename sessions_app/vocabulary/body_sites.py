"""Where on the body: 62 coded regions, their groups, and the presets of the trials.

Left and right are always the patient's own, never the viewer's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Self

from sessions_app.vocabulary.coded import Coded


class Side(Coded):
    """The patient's own side."""

    LEFT = "left", "left", "The patient's left."
    RIGHT = "right", "right", "The patient's right."
    MIDLINE = "midline", "midline", "In the middle, reaching into both sides."


class View(Coded):
    """On which drawing of the body a region is seen."""

    FRONT = "front", "Front", "Seen from the front."
    BACK = "back", "Back", "Seen from the back."
    BOTH = "both", "Front and back", "Seen from both."


class SiteGroup(Coded):
    """The headings under which the regions are listed, head to foot."""

    HEAD_NECK = "head_neck", "Head and neck"
    CHEST_ABDOMEN = "chest_abdomen", "Chest, abdomen and groin"
    BACK = "back", "Back"
    ARMS = "arms", "Shoulders, arms and hands"
    LEGS = "legs", "Hips and legs"
    FEET = "feet", "Ankles and feet"


_HEAD, _TRUNK, _BACK, _ARMS, _LEGS, _FEET = SiteGroup
_L, _R, _M = Side
_F, _B, _FB = View


class BodySite(Coded):
    """One region of the body. ``group``, ``view`` and ``side`` say where it is shown."""

    group: SiteGroup
    view: View
    side: Side

    def __new__(cls, code: str, *row: Any) -> Self:
        """Make the member from its row: label, meaning, group, view, side."""
        member = cls._worded(code, *row[:2])
        member.group, member.view, member.side = row[2:]
        return member

    SCALP = "scalp", "scalp", "Top, sides and back of the head.", _HEAD, _FB, _M
    FACE = "face", "face", "Forehead to chin.", _HEAD, _F, _M
    NECK_FRONT = "neck_front", "neck, front", "Throat and sides of the neck.", _HEAD, _F, _M
    NECK_BACK = "neck_back", "neck, back", "Nape, over the cervical spine.", _HEAD, _B, _M
    CLAVICLE_LEFT = "clavicle_left", "left clavicle", "Collar bone.", _TRUNK, _F, _L
    CLAVICLE_RIGHT = "clavicle_right", "right clavicle", "Collar bone.", _TRUNK, _F, _R
    STERNUM = "sternum", "sternum", "Breast bone.", _TRUNK, _F, _M
    CHEST_LEFT = "chest_left", "left chest", "Ribs at the front.", _TRUNK, _F, _L
    CHEST_RIGHT = "chest_right", "right chest", "Ribs at the front.", _TRUNK, _F, _R
    BREAST_LEFT = "breast_left", "left breast", "Breast, or where it was.", _TRUNK, _F, _L
    BREAST_RIGHT = "breast_right", "right breast", "Breast, or where it was.", _TRUNK, _F, _R
    AXILLA_LEFT = "axilla_left", "left armpit (axilla)", "Armpit.", _TRUNK, _F, _L
    AXILLA_RIGHT = "axilla_right", "right armpit (axilla)", "Armpit.", _TRUNK, _F, _R
    ABDOMEN_UPPER = "abdomen_upper", "upper abdomen", "Ribs to navel.", _TRUNK, _F, _M
    ABDOMEN_LOWER = "abdomen_lower", "lower abdomen", "Navel to pubic bone.", _TRUNK, _F, _M
    GROIN_LEFT = "groin_left", "left groin", "Fold between belly and thigh.", _TRUNK, _F, _L
    GROIN_RIGHT = "groin_right", "right groin", "Fold between belly and thigh.", _TRUNK, _F, _R
    UPPER_BACK_LEFT = "upper_back_left", "left upper back", "Above the blade.", _BACK, _B, _L
    UPPER_BACK_RIGHT = "upper_back_right", "right upper back", "Above the blade.", _BACK, _B, _R
    SHOULDER_BLADE_LEFT = "shoulder_blade_left", "left shoulder blade", "Scapula.", _BACK, _B, _L
    SHOULDER_BLADE_RIGHT = "shoulder_blade_right", "right shoulder blade", "Scapula.", _BACK, _B, _R
    SPINE_THORACIC = "spine_thoracic", "thoracic spine", "Spine at rib height.", _BACK, _B, _M
    LOWER_BACK_LEFT = "lower_back_left", "left lower back", "Beside the spine.", _BACK, _B, _L
    LOWER_BACK_RIGHT = "lower_back_right", "right lower back", "Beside the spine.", _BACK, _B, _R
    SPINE_LUMBAR = "spine_lumbar", "lumbar spine", "Spine below the ribs.", _BACK, _B, _M
    SACRUM = "sacrum", "sacrum", "Sacrum and tail bone.", _BACK, _B, _M
    BUTTOCK_LEFT = "buttock_left", "left buttock", "Seat, without the hip.", _BACK, _B, _L
    BUTTOCK_RIGHT = "buttock_right", "right buttock", "Seat, without the hip.", _BACK, _B, _R
    FLANK_LEFT = "flank_left", "left flank", "Side, lower ribs to pelvis.", _BACK, _FB, _L
    FLANK_RIGHT = "flank_right", "right flank", "Side, lower ribs to pelvis.", _BACK, _FB, _R
    SHOULDER_LEFT = "shoulder_left", "left shoulder", "Cap of the shoulder.", _ARMS, _FB, _L
    SHOULDER_RIGHT = "shoulder_right", "right shoulder", "Cap of the shoulder.", _ARMS, _FB, _R
    UPPER_ARM_LEFT = "upper_arm_left", "left upper arm", "Shoulder to elbow.", _ARMS, _FB, _L
    UPPER_ARM_RIGHT = "upper_arm_right", "right upper arm", "Shoulder to elbow.", _ARMS, _FB, _R
    ELBOW_LEFT = "elbow_left", "left elbow", "Elbow joint and crook.", _ARMS, _FB, _L
    ELBOW_RIGHT = "elbow_right", "right elbow", "Elbow joint and crook.", _ARMS, _FB, _R
    FOREARM_LEFT = "forearm_left", "left forearm", "Lower arm and wrist.", _ARMS, _FB, _L
    FOREARM_RIGHT = "forearm_right", "right forearm", "Lower arm and wrist.", _ARMS, _FB, _R
    HAND_LEFT = "hand_left", "left hand", "Hand and fingers.", _ARMS, _FB, _L
    HAND_RIGHT = "hand_right", "right hand", "Hand and fingers.", _ARMS, _FB, _R
    HIP_LEFT = "hip_left", "left hip", "Side of the hip.", _LEGS, _FB, _L
    HIP_RIGHT = "hip_right", "right hip", "Side of the hip.", _LEGS, _FB, _R
    THIGH_FRONT_LEFT = "thigh_front_left", "left thigh, front", "Groin to knee.", _LEGS, _F, _L
    THIGH_FRONT_RIGHT = "thigh_front_right", "right thigh, front", "Groin to knee.", _LEGS, _F, _R
    THIGH_BACK_LEFT = "thigh_back_left", "left thigh, back", "Seat to knee.", _LEGS, _B, _L
    THIGH_BACK_RIGHT = "thigh_back_right", "right thigh, back", "Seat to knee.", _LEGS, _B, _R
    KNEECAP_LEFT = "kneecap_left", "left kneecap", "Front of the knee.", _LEGS, _F, _L
    KNEECAP_RIGHT = "kneecap_right", "right kneecap", "Front of the knee.", _LEGS, _F, _R
    KNEE_BACK_LEFT = "knee_back_left", "left knee, back", "Hollow of the knee.", _LEGS, _B, _L
    KNEE_BACK_RIGHT = "knee_back_right", "right knee, back", "Hollow of the knee.", _LEGS, _B, _R
    SHIN_LEFT = "shin_left", "left shin", "Front of the lower leg.", _LEGS, _F, _L
    SHIN_RIGHT = "shin_right", "right shin", "Front of the lower leg.", _LEGS, _F, _R
    CALF_LEFT = "calf_left", "left calf", "Back of the lower leg.", _LEGS, _B, _L
    CALF_RIGHT = "calf_right", "right calf", "Back of the lower leg.", _LEGS, _B, _R
    ANKLE_LEFT = "ankle_left", "left ankle", "Ankle joint.", _FEET, _FB, _L
    ANKLE_RIGHT = "ankle_right", "right ankle", "Ankle joint.", _FEET, _FB, _R
    HEEL_LEFT = "heel_left", "left heel", "Heel and its tendon.", _FEET, _B, _L
    HEEL_RIGHT = "heel_right", "right heel", "Heel and its tendon.", _FEET, _B, _R
    FOOT_TOP_LEFT = "foot_top_left", "left foot, top", "Instep and toes.", _FEET, _F, _L
    FOOT_TOP_RIGHT = "foot_top_right", "right foot, top", "Instep and toes.", _FEET, _F, _R
    FOOT_SOLE_LEFT = "foot_sole_left", "left foot, sole", "Ball, arch and toes.", _FEET, _B, _L
    FOOT_SOLE_RIGHT = "foot_sole_right", "right foot, sole", "Ball, arch and toes.", _FEET, _B, _R


ALL_SITES: frozenset[BodySite] = frozenset(BodySite)
HEAD_TO_FOOT: tuple[BodySite, ...] = tuple(BodySite)
_PLACE: dict[BodySite, int] = {site: place for place, site in enumerate(HEAD_TO_FOOT)}


@dataclass(frozen=True, slots=True)
class SitePreset:
    """A named set of sites, chosen with one tap."""

    code: str
    label: str
    sites: frozenset[BodySite]


def in_group(*groups: SiteGroup) -> frozenset[BodySite]:
    """Return all sites listed under these headings."""
    return frozenset(site for site in BodySite if site.group in groups)


def listed(sites: Iterable[BodySite]) -> str:
    """Return the labels head to foot: «left hand · right hip»."""
    return " · ".join(site.label for site in sorted(sites, key=_PLACE.__getitem__))


def both(*stems: str) -> frozenset[BodySite]:
    """Return the left and right site of each stem: ``both("hand")`` is both hands.

    Raises ``ValueError`` for a stem that has no two sides.
    """
    return frozenset(BodySite(f"{stem}_{side}") for stem in stems for side in (_L, _R))


def limb(side: Side, which: Literal["arm", "leg"]) -> frozenset[BodySite]:
    """Return one whole limb from its root: the arm with its axilla, the leg with its groin."""
    groups, root = ((_ARMS,), "axilla") if which == "arm" else ((_LEGS, _FEET), "groin")
    sites = frozenset(site for site in in_group(*groups) if site.side is side)
    return sites | (frozenset() if side is _M else {BodySite(f"{root}_{side}")})


_LIMBS: tuple[tuple[str, frozenset[BodySite]], ...] = (
    ("whole left arm with the armpit", limb(_L, "arm")),
    ("whole right arm with the armpit", limb(_R, "arm")),
    ("whole left leg with the groin", limb(_L, "leg")),
    ("whole right leg with the groin", limb(_R, "leg")),
)


def in_few_words(sites: Iterable[BodySite]) -> list[str]:
    """Return the labels head to foot, a limb of which no site is missing as one."""
    named = frozenset(sites)
    whole = {label: limb for label, limb in _LIMBS if limb <= named}
    apart = named.difference(*whole.values())
    return [site.label for site in HEAD_TO_FOOT if site in apart] + [*whole]


_QUADRANT_STEMS = {
    "upper": ("clavicle", "chest", "breast", "axilla", "upper_back", "shoulder_blade", "flank"),
    "lower": ("groin", "lower_back", "buttock", "flank"),
}
_QUADRANT_MIDLINE = {
    "upper": (BodySite.STERNUM, BodySite.ABDOMEN_UPPER, BodySite.SPINE_THORACIC),
    "lower": (BodySite.ABDOMEN_LOWER, BodySite.SPINE_LUMBAR, BodySite.SACRUM),
}


def trunk_quadrant(side: Side, half: Literal["upper", "lower"]) -> frozenset[BodySite]:
    """Return a quarter of the trunk, front and back, divided about the navel and waist.

    Midline regions reach into both sides and the flank into both halves, so each is counted with
    either. ``Side.MIDLINE`` gives the midline regions of that half alone.
    """
    sided = () if side is _M else _QUADRANT_STEMS[half]
    return frozenset(BodySite(f"{stem}_{side}") for stem in sided) | {*_QUADRANT_MIDLINE[half]}


def _presets(*rows: tuple[str, str, frozenset[BodySite]]) -> dict[str, SitePreset]:
    """Key the presets by their code."""
    return {code: SitePreset(code, label, sites) for code, label, sites in rows}


_NECK = frozenset({BodySite.NECK_BACK})
_FOOT = both("ankle", "heel", "foot_top", "foot_sole")
_ARM = both("upper_arm", "elbow", "forearm", "hand")

SITE_GROUPS: dict[str, SitePreset] = _presets(
    ("head_and_neck", "Head and neck", in_group(_HEAD)),
    ("neck_and_shoulders", "Neck and shoulders", _NECK | both("shoulder", "upper_back")),
    ("whole_back", "Whole back", in_group(_BACK)),
    ("both_arms", "Both arms", in_group(_ARMS)),
    ("both_hands", "Both hands", both("hand")),
    ("both_legs", "Both legs", in_group(_LEGS, _FEET)),
    ("lower_legs", "Both lower legs", both("shin", "calf")),
    ("both_feet", "Both feet", _FOOT),
)
"""One-tap groups for the form."""

PRESETS: dict[str, SitePreset] = _presets(
    (
        "kutner_touch_ten",
        "Simple touch, the ten places (Kutner 2008)",
        _NECK
        | both("shoulder_blade", "lower_back", "calf", "heel", "clavicle")
        | both("forearm", "hand", "kneecap", "foot_top", "foot_sole"),
    ),
    (
        "kutner_usual",
        "Neck, upper back, arms, hands, lower legs, feet (Kutner 2008)",
        _NECK | both("upper_back", "shoulder_blade") | _ARM | both("shin", "calf") | _FOOT,
    ),
    ("feet_to_knee", "Feet to knee", both("shin", "calf") | _FOOT),
    ("whole_body", "Whole body", ALL_SITES),
)
"""The sites of the shipped protocols. The ten places count the two sides, and the two faces of
the foot, as one place each."""
