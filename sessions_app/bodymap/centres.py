"""The middle of each region, where its number and its marks stand: (outwards, down)."""

from sessions_app.bodymap.lines import Point

_BOTH: dict[str, Point] = {
    "elbow": (86.5, 249),
    "forearm": (94, 285),
    "hand": (110, 350),
    "ankle": (29, 577),
    "hip": (49.5, 303),
}

FRONT_CENTRES: dict[str, Point] = _BOTH | {
    "scalp": (0, 25),
    "face": (0, 64),
    "neck_front": (0, 107),
    "clavicle": (32, 127),
    "sternum": (0, 158),
    "chest": (32, 149.5),
    "breast": (29, 178),
    "axilla": (56, 165),
    "abdomen_upper": (0, 226),
    "abdomen_lower": (0, 276),
    "groin": (23, 308),
    "flank": (37, 243),
    "shoulder": (66, 138),
    "upper_arm": (77, 203),
    "thigh_front": (32, 368),
    "kneecap": (32, 441),
    "shin": (32, 505),
    "foot_top": (29.5, 618),
}

BACK_CENTRES: dict[str, Point] = _BOTH | {
    "scalp": (0, 48),
    "neck_back": (0, 102),
    "upper_back": (31, 128),
    "shoulder_blade": (32, 174),
    "spine_thoracic": (0, 165),
    "lower_back": (19.5, 223),
    "spine_lumbar": (0, 251),
    "sacrum": (0, 289),
    "buttock": (24, 318),
    "flank": (37.5, 249),
    "shoulder": (66, 143),
    "upper_arm": (76, 200),
    "thigh_back": (32, 375),
    "knee_back": (32, 441),
    "calf": (32, 500),
    "heel": (29, 603),
    "foot_sole": (28, 628),
}
