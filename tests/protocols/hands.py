"""A small protocol to spoil: one key changed, and what is told about it."""

import pytest

from sessions_app.protocols.definition import DefinitionError, parse

HANDS = """\
code = "hands"  # line 1
version = 2
title = "Hands"
summary = \"\"\"
Two
lines.
\"\"\"
evidence_caveat = "Check the paper."

[source]
citation = "Somebody 2001."
doi = "10.1000/xyz"

[schedule]
max_sessions = 2
window_days = 2
gap_hours = 24
target_minutes = 20
minutes_low = 15
minutes_high = 25

[[eligibility]]
code = "adult"
text = "18 or older?"

[[exclusions]]
code = "fever"
text = "Fever?"

[[measures]]
scale = "pain"
time_points = ["before", "after"]
required = true

[arms.touch]
title = "Touch"
roles = ["volunteer", "therapist"]
who_may_give = "Volunteers."
techniques = [
    "still_holding",
]
sites = ["both_hands", "scalp"]
usual_sites = ["hand_left"]
default_pressure = 0
max_pressure = 1
instructions = "Hold."
"""


def problems(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        parse(text, "hands.toml")
    return [str(problem) for problem in caught.value.problems]


def changed(old: str, new: str) -> str:
    assert HANDS.count(old) == 1
    return HANDS.replace(old, new)
