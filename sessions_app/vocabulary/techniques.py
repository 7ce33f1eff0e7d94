"""How the hands work. A session may use several techniques."""

from sessions_app.vocabulary.coded import Coded


class Technique(Coded):
    """The techniques that the shipped protocols name."""

    EFFLEURAGE = "effleurage", "Effleurage", "Long gliding strokes."
    PETRISSAGE = "petrissage", "Petrissage", "Lifting, rolling and kneading soft tissue."
    TRIGGER_POINT = "trigger_point", "Trigger point", "Finger pressure held on a painful point."
    COMPRESSION = "compression", "Compression", "Pressing down and letting go, without gliding."
    LIGHT_BRUSHING = "light_brushing", "Light brushing", "Fingertips brushing over the skin."
    STILL_HOLDING = "still_holding", "Still holding", "Hands laid on and kept still."
    CIRCLES = "circles", "Small circles", "Small circles with fingers or thumbs round a joint."
    JOINT_ROTATION = "joint_rotation", "Joint rotation", "Turning a joint slowly, passively."


SIMPLE_TOUCH: frozenset[Technique] = frozenset({Technique.STILL_HOLDING})
"""All that a volunteer gives: hands laid on and kept still (Kutner 2008, simple-touch arm)."""
