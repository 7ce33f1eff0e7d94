"""A protocol file is read as written; its hash is that of its content."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.protocols.definition import (
    Measure,
    Question,
    canonical,
    content_hash,
    parse,
)
from sessions_app.protocols.toml_lines import line_numbers
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.techniques import Technique
from sessions_app.vocabulary.timepoints import TimePoint
from tests.protocols.hands import HANDS, changed


def test_what_is_common_stands_on_the_protocol() -> None:
    one = parse(HANDS, "hands.toml")
    assert (one.code, one.version, one.summary) == ("hands", 2, "Two lines.")
    assert (one.citation, one.doi) == ("Somebody 2001.", "10.1000/xyz")
    assert (one.schedule.max_sessions, one.schedule.dose_minutes) == (2, 40)
    assert one.eligibility == (Question("adult", "18 or older?", expected=True),)
    assert one.exclusions == (Question("fever", "Fever?", expected=False),)
    assert one.measures == (Measure(Scale.PAIN, (TimePoint.BEFORE, TimePoint.AFTER), True),)


def test_what_differs_stands_on_the_arm() -> None:
    arm = parse(HANDS, "hands.toml").arm("touch")
    assert arm.roles == {Role.VOLUNTEER, Role.THERAPIST}
    assert arm.techniques == {Technique.STILL_HOLDING}
    assert arm.sites == {BodySite.HAND_LEFT, BodySite.HAND_RIGHT, BodySite.SCALP}
    assert arm.usual_sites == {BodySite.HAND_LEFT}
    assert (arm.default_pressure, arm.max_pressure) == (Pressure.RESTING, Pressure.SPREADING)
    assert arm.hands_on


def test_an_unknown_arm_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        parse(HANDS, "hands.toml").arm("massage")


def test_any_sites_and_techniques_are_none() -> None:
    text = changed('["volunteer", "therapist"]', '["therapist"]')
    text = text.replace('[\n    "still_holding",\n]', '"any"')
    text = text.replace('["both_hands", "scalp"]', '"any"')
    arm = parse(text, "hands.toml").arm("touch")
    assert (arm.techniques, arm.sites) == (None, None)


def test_comments_layout_and_order_of_keys_do_not_change_the_hash() -> None:
    one = parse(HANDS, "hands.toml")
    other = (
        textwrap.dedent(HANDS)
        .replace("version = 2\n", "")
        .replace('code = "hands"  # line 1', '# A comment.\n\nversion   =   2\ncode = "hands"')
    )
    assert content_hash(parse(other, "x")) == content_hash(one)
    assert parse(other, "x") == one


@pytest.mark.parametrize(
    ("old", "new"),
    [("version = 2", "version = 3"), ("18 or older?", "19 or older?"), ("minutes_low = 15", "")],
)
def test_other_content_has_another_hash(old: str, new: str) -> None:
    assert canonical(changed(old, new)) != canonical(HANDS)
    one, other = parse(HANDS, "x"), parse(changed(old, new), "x")
    assert content_hash(other) != content_hash(one)
    assert len(content_hash(one)) == 64


@given(blank=st.lists(st.integers(0, HANDS.count("\n")), max_size=6))
def test_lines_are_found_wherever_the_keys_move(blank: list[int]) -> None:
    rows = HANDS.split("\n")
    for place in sorted(blank, reverse=True):
        rows.insert(place, "" if 4 <= place <= 6 else "# [not.a.table] x = 1")
    text = "\n".join(rows)
    found = line_numbers(text)
    assert rows[found[("version",)] - 1].startswith("version")
    assert rows[found[("arms", "touch", "techniques", 0)] - 1].strip() == '"still_holding",'
    assert rows[found[("measures", 0)] - 1] == "[[measures]]"
