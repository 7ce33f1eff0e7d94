"""Maps and lines that the process keeps: each is shown as it would be if it were drawn anew."""

from dataclasses import replace

import pytest

from sessions_app.bodymap.picture import Mark, Picture, picture
from sessions_app.sessions.fields import SiteRow
from sessions_app.templatetags import body_map as tags
from sessions_app.vocabulary.body_sites import BodySite

ROW = SiteRow(
    code="hand_left", label="left hand", checked=False, pressure="1",
    options=(("0", "still", False), ("1", "light", True)), ceiling=5,
    limit_words="", limit_kind="upto", error="",
)  # fmt: skip
ROWS = [
    ROW,
    replace(ROW, code="hand_right"),
    replace(ROW, checked=True),
    replace(ROW, options=(("0", "still", True), ("1", "light", False))),
    replace(ROW, limit_words="up to pressure 1", ceiling=1),
    replace(ROW, limit_words="no contact (Port)", limit_kind="none", ceiling=-1),
    replace(ROW, error="Choose a pressure from 0 to 5."),
]
MAPS = [
    picture({}),
    picture({BodySite.HAND_LEFT: Mark(kind="none", words="no contact (Port)")}),
    picture({BodySite.HAND_LEFT: Mark(kind="upto", number=1)}),
    picture({BodySite.HAND_LEFT: Mark(kind="upto", number=2)}),
    picture({BodySite.HAND_LEFT: Mark(chosen=True, pressure=1)}),
    picture({BodySite.HAND_LEFT: Mark(fact=True)}),
]


def test_each_line_is_its_own_and_as_it_is_drawn_anew() -> None:
    for _ in range(2):
        shown = [tags.site_row(row) for row in ROWS]
        assert shown == [tags.site_row.__wrapped__(row) for row in ROWS]
        assert len(set(shown)) == len(ROWS)


@pytest.mark.parametrize("control", [True, False])
def test_each_map_is_its_own_and_as_it_is_drawn_anew(control: bool) -> None:
    def drawn(shown: Picture, uid: str) -> str:
        return tags.body_map_control(shown, uid) if control else tags.body_map(shown, uid)

    for _ in range(2):
        shown = [drawn(one, "a") for one in MAPS] + [drawn(MAPS[0], "b")]
        anew = [tags._drawn.__wrapped__(one, "a", control=control) for one in MAPS]
        assert shown[:-1] == anew
        assert len(set(shown)) == len(MAPS) + 1
    assert tags.body_map_control(MAPS[0]) != tags.body_map_control(MAPS[0], plain=True)
    assert tags.body_map_control(MAPS[0]) != tags.body_map(MAPS[0])
