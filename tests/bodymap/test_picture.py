"""What the map says: limits, choices and facts, in signs and in words, and as a page has it."""

import difflib
import itertools
import re
from pathlib import Path

import pytest

from sessions_app.bodymap.picture import Mark, Picture, Region, limit_kind, picture, told
from sessions_app.templatetags import body_map
from sessions_app.vocabulary.body_sites import BodySite, Side, View
from tests.bodymap.page import CHOSEN, METASTASES, PORT, component, drawn, example

GOLDEN = Path(__file__).with_name("golden.svg")

LEFT_SHOULDER, THIGH, SCALP = BodySite.SHOULDER_LEFT, BodySite.THIGH_BACK_LEFT, BodySite.SCALP


def _region(shown: Picture, site: BodySite, view: View) -> Region:
    figure = next(one for one in shown.figures if one.view is view)
    return next(one for one in figure.regions if one.shape.site is site)


MARKS = {
    "nothing": (Mark(), "no limit set", "", ""),
    "no contact": (Mark("none"), "no contact", "hatch", ""),
    "no contact, why": (
        Mark("none", words="no contact (Bone metastasis)"),
        "no contact (Bone metastasis)",
        "hatch",
        "",
    ),
    "still hands": (Mark("still"), "still hands only", "dots", ""),
    "pressure 1": (Mark("upto", 1), "up to pressure 1", "", "≤1"),
    "ticked": (Mark("upto", 2, chosen=True), "up to pressure 2; ticked", "", "≤2"),
    "ticked, 0": (
        Mark("still", chosen=True, pressure=0),
        "still hands only; ticked, pressure 0",
        "dots",
        "",
    ),
    "how": (
        Mark(chosen=True, pressure=1, technique="effleurage"),
        "no limit set; ticked, effleurage, pressure 1",
        "",
        "",
    ),
    "past": (
        Mark("upto", 1, chosen=True, pressure=2),
        "up to pressure 1; ticked, pressure 2, past the limit",
        "",
        "≤1",
    ),
    "fact": (Mark("none", fact=True), "no contact; recorded here", "hatch", ""),
}


@pytest.mark.parametrize(("mark", "words", "pattern", "number"), MARKS.values(), ids=MARKS)
def test_a_mark_is_a_sign_and_the_same_in_words(mark, words, pattern, number):
    region = _region(picture({LEFT_SHOULDER: mark}), LEFT_SHOULDER, View.BACK)
    assert region.name == f"patient's left shoulder, back: {words}"
    assert (region.pattern, region.number) == (pattern, number)


@pytest.mark.parametrize(
    ("site", "view", "place"),
    [
        (LEFT_SHOULDER, View.FRONT, "patient's left shoulder, front"),
        (LEFT_SHOULDER, View.BACK, "patient's left shoulder, back"),
        (THIGH, View.BACK, "patient's left thigh, back"),
        (SCALP, View.BACK, "patient's scalp, back"),
        (BodySite.STERNUM, View.FRONT, "patient's sternum"),
    ],
)
def test_a_place_is_named_once_and_by_the_patients_side(site, view, place):
    assert _region(picture({}), site, view).place == place


@pytest.mark.parametrize("mark", [row[0] for row in MARKS.values()], ids=MARKS)
def test_every_region_has_a_name_of_its_own_in_words(mark):
    shown = picture(dict.fromkeys(BodySite, mark))
    names = [region.name for figure in shown.figures for region in figure.regions]
    assert len(set(names)) == len(names)
    for region in (region for figure in shown.figures for region in figure.regions):
        assert region.shape.site.label in region.name
        assert mark.limit in region.name


@pytest.mark.parametrize(
    ("ceiling", "kind"),
    [(-1, "none"), (0, "still"), (1, "upto"), (4, "upto"), (5, "free")],
)
def test_a_ceiling_has_its_kind_and_a_mark_its_ceiling(ceiling, kind):
    assert limit_kind(ceiling) == kind
    assert Mark(kind, ceiling if kind == "upto" else None).ceiling == ceiling


@pytest.mark.parametrize(
    ("mark", "beyond"),
    [
        (Mark("none", chosen=True), True),
        (Mark("none", chosen=True, pressure=0), True),
        (Mark("still", chosen=True, pressure=0), False),
        (Mark("still", chosen=True, pressure=1), True),
        (Mark("upto", 2, chosen=True, pressure=2), False),
        (Mark("upto", 2, chosen=True, pressure=3), True),
        (Mark("upto", 2), False),
        (Mark(chosen=True, pressure=5), False),
    ],
)
def test_past_the_limit_is_what_was_chosen_more_firmly(mark, beyond):
    assert mark.beyond is beyond


@pytest.mark.parametrize(
    "untrue",
    [
        {"kind": "upto"},
        {"kind": "none", "number": 2},
        {"pressure": 1},
        {"technique": "effleurage"},
    ],
)
def test_a_mark_that_could_not_be_drawn_truthfully_is_refused(untrue):
    with pytest.raises(ValueError, match=r"belongs|chosen"):
        Mark(**untrue)


def test_everything_is_told_once_the_commonest_limit_last():
    assert told(example(CHOSEN)) == (
        ("No contact (Bone metastasis)", "thoracic spine · left thigh, front · left thigh, back"),
        ("No contact (Port)", "right chest"),
        ("Still hands only (next to a bone metastasis)", "left hip"),
        ("Up to pressure 2", "all other sites"),
        (
            "Chosen",
            (
                "right shoulder (effleurage, pressure 2) · left hand (effleurage, pressure 1) · "
                "right hand (effleurage, pressure 1) · "
                "left calf (effleurage, pressure 3, past the limit)"
            ),
        ),
        ("Recorded at", "right chest · thoracic spine · left thigh, front · left thigh, back"),
    )


def test_both_sides_of_a_site_are_told_as_one():
    both = dict.fromkeys((BodySite.AXILLA_LEFT, BodySite.AXILLA_RIGHT), Mark("none"))
    assert picture(both).told == (
        ("No contact", "left and right armpit (axilla)"),
        ("No limit set", "all other sites"),
    )
    assert picture({}).told == (("No limit set", "all sites"),)


def test_badge_and_cross_of_one_region_stand_apart():
    for site, view in itertools.product((PORT, *METASTASES), View):
        mark = Mark("none", chosen=True, pressure=1, fact=True)
        for figure in picture({site: mark}).figures:
            for region in figure.regions:
                if region.shape.site is site and figure.view is view:
                    (x, y), (across, down) = region.badge_at, region.cross_at
                    assert abs(x - across) + abs(y - down) == pytest.approx(19)


@pytest.mark.parametrize(
    ("view", "sides"), [(View.FRONT, ("right", "left")), (View.BACK, ("left", "right"))]
)
def test_the_caption_names_the_patients_sides_as_the_picture_has_them(view, sides):
    figure = next(one for one in picture({}).figures if one.view is view)
    assert figure.sides == sides
    placed = sorted(
        (r.shape.centre[0], r.shape.site.side.value)
        for r in figure.regions
        if r.shape.site.side is not Side.MIDLINE
    )
    assert (placed[0][1], placed[-1][1]) == sides
    captions = re.findall(
        r"<span>patient&#x27;s|<span>patient's (left|right)", component(picture({}))
    )
    assert tuple(captions) == ("right", "left", "left", "right")


def test_two_maps_of_a_page_share_no_id():
    ids = re.findall(r' id="([^"]+)"', component(picture({})) + component(picture({}), uid="n"))
    assert len(ids) == len(set(ids)) == 8


def test_a_map_as_a_picture_is_an_image_with_words_and_nothing_to_tap():
    html = component(picture(example(CHOSEN)))
    assert html.count('role="img"') == 2
    assert 'aria-label="Body seen from the front. No contact (Bone metastasis): ' in html
    assert "<input" not in html
    assert "<button" not in html
    assert "hidden" not in html.replace("aria-hidden", "")


def test_a_map_as_a_second_view_is_hidden_until_its_script_joins_it():
    html = component(picture(example()), "body_map_control")
    assert "data-body-map hidden" in html
    assert len(re.findall(r'<div class="body-map__figure [^>]*aria-hidden="true">', html)) == 2
    assert 'role="img"' not in html
    # the two views' buttons are no part of the form around them
    assert html.count('type="radio" form=""') == 2


def test_a_number_is_written_for_a_path_and_not_for_a_language():
    assert body_map.coordinate(1234.56) == "1234.6"
    assert body_map.coordinate(11.0) == "11"
    assert body_map.point((0.04, -2.25)) == "0 -2.2"


def test_the_drawing_of_the_example_is_the_one_that_was_looked_at():
    now = drawn()
    kept = GOLDEN.read_text(encoding="utf-8").rstrip("\n")
    changed = "\n".join(difflib.unified_diff(kept.splitlines(), now.splitlines(), n=0))
    assert now == kept, (
        "The body map is drawn differently. Look at it (python -m tests.bodymap.show DIR); if it "
        f"is meant, store it (python -m tests.bodymap.golden). Changed:\n{changed[:4000]}"
    )
