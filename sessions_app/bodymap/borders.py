"""Which lines go round which region: «head 0-5» is the line ``head`` from its point 0 to its 5.

A region of one side is written once, for the half of the body, all the way round. A region in the
middle is written from the midline to the midline, and its mirror image closes it. Regions that
touch share a line, so there is neither gap nor overlap between them.
"""

BOTH_SIDES = {
    "elbow": "outer 12-14, elbow_foot 0-2, arm_inner 6-4, elbow_top 2-0",
    "forearm": "outer 14-17, wrist 0-2, arm_inner 9-6, elbow_foot 2-0",
    "hand": "hand 0-34, wrist 2-0",
    "ankle": "ankle_top 2-0, side 19-21, ankle_foot 0-2, leg_inner 14-12",
}

FRONT = BOTH_SIDES | {
    "clavicle": "neck_base 2-0, outer 3-5, shoulder 0-2, clavicle_foot 2-0, sternum 1-0",
    "chest": ("clavicle_foot 0-2, axilla_chest 0-2, side 1-3, ribs 3-0, sternum 3-1; breast 0-9"),
    "breast": "breast 0-9",
    "axilla": "axilla_top 0-2, axilla_arm 0-2, arm_inner 1-0, side 0-1, axilla_chest 2-0",
    "groin": "groin_top 0-3, midline 0-2, leg_inner 0-2, groin_foot 3-0, hip_edge 2-0",
    "flank": "ribs 2-3, side 3-6, pelvis 0-2, flank 4-0",
    "shoulder": "outer 5-9, deltoid 0-2, axilla_top 2-0, shoulder 2-0",
    "upper_arm": "outer 9-12, elbow_top 0-2, arm_inner 4-1, axilla_arm 2-0, deltoid 2-0",
    "hip": "pelvis 2-0, side 6-9, hip_foot 2-0, hip_edge 3-0",
    "thigh_front": (
        "hip_edge 2-3, hip_foot 0-2, side 9-12, knee_top 0-2, leg_inner 5-2, groin_foot 3-0"
    ),
    "kneecap": "knee_top 2-0, side 12-14, knee_foot 0-2, leg_inner 7-5",
    "shin": "knee_foot 2-0, side 14-19, ankle_top 0-2, leg_inner 12-7",
    "foot_top": "foot 0-25, ankle_foot 2-0",
}
FRONT_MIDDLE = {
    "scalp": "head 0-5, hairline 4-0",
    "face": "hairline 0-4, head 5-9",
    "neck_front": "head 9-7, outer 0-3, neck_base 0-3",
    "sternum": "neck_base 3-2, sternum 0-4",
    "abdomen_upper": "sternum 4-3, ribs 0-2, flank 0-2, navel 2-0",
    "abdomen_lower": "navel 0-2, flank 2-4, groin_top 0-3",
}

BACK = BOTH_SIDES | {
    "upper_back": "neck_base 2-0, outer 3-5, shoulder 0-2, blade_top 0-2, spine 1-0",
    "shoulder_blade": "blade_top 2-0, blade_side 0-2, side 0-2, blade_foot 0-2, spine 3-1",
    "lower_back": "blade_foot 2-1, flank 0-2, pelvis 2-3, spine 6-3",
    "buttock": ("pelvis 3-1, hip_edge 0-3, seat_fold 0-2, leg_inner 2-0, midline 2-1, sacrum 4-0"),
    "flank": "blade_foot 1-0, side 2-6, pelvis 0-2, flank 2-0",
    "shoulder": "outer 5-9, deltoid 0-2, armpit 0-2, blade_side 2-0, shoulder 2-0",
    "upper_arm": "outer 9-12, elbow_top 0-2, arm_inner 4-0, armpit 2-0, deltoid 2-0",
    "hip": "pelvis 1-0, side 6-9, hip_foot 2-0, hip_edge 3-0",
    "thigh_back": "seat_fold 2-0, hip_foot 0-2, side 9-12, knee_top 0-2, leg_inner 5-2",
    "knee_back": "knee_top 2-0, side 12-14, knee_foot 0-2, leg_inner 7-5",
    "calf": "knee_foot 2-0, side 14-19, ankle_top 0-2, leg_inner 12-7",
    "heel": "ankle_foot 2-0, foot 0-1, heel_foot 0-2, foot 24-25",
    "foot_sole": "foot 1-24, heel_foot 2-0",
}
BACK_MIDDLE = {
    "scalp": "head 0-7, nape 0-2",
    "neck_back": "nape 2-0, outer 0-3, neck_base 0-3",
    "spine_thoracic": "neck_base 3-2, spine 0-4, ribs_end 0-2",
    "spine_lumbar": "ribs_end 2-0, spine 4-6, sacrum_top 0-2",
    "sacrum": "sacrum_top 2-0, sacrum 0-4",
}

SILHOUETTE = "head 0-7, outer 0-17, hand 0-34, arm_inner 9-0, side 0-21, foot 0-25, leg_inner 14-0"
"""The outer edge from the crown to the crotch."""
