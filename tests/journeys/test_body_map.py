"""The body map beside the list of sites: a tap on one shows on the other, and is read back."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator

from sessions_app.bodymap.lines import HALF_WIDTH
from tests.bodymap import page as pages
from tests.bodymap.test_drawing import PHONE_SCALE
from tests.journeys.steps import expect
from tests.journeys.visitor import DESKTOP, PHONE, Visitor

SERVED: dict[str, Callable[[], str]] = {
    "control": lambda: pages.html(control=True),
    "picture": lambda: pages.html(control=False, chosen=pages.CHOSEN),
}
Look = Callable[..., Visitor]


@pytest.fixture
def look(browser: Browser) -> Iterator[Look]:
    """Return a function that opens one of the pages; each is examined, and the console is heard."""
    opened: list[Visitor] = []

    def arrive(path: str, *, wide: bool = False, scripts: bool = True, **more: Any) -> Visitor:
        screen = {"viewport": DESKTOP} if wide else {"viewport": PHONE, "has_touch": True}
        context = browser.new_context(java_script_enabled=scripts, **screen, **more)
        pages.serve(context, SERVED)
        opened.append(Visitor(context, pages.ADDRESS.rstrip("/"), scripts=scripts))
        opened[-1].open(f"/{path}")
        return opened[-1]

    yield arrive
    for one in opened:
        one.context.close()
    assert not [complaint for one in opened for complaint in one.complaints]


def region(visitor: Visitor, code: str, view: str) -> Locator:
    return visitor.page.locator(f"svg[data-view={view}] [data-site={code}]")


def tap_at_middle(visitor: Visitor, code: str, view: str) -> None:
    """Tap where the region's number stands, whatever lies there."""
    svg = visitor.page.locator(f"svg[data-view={view}]")
    across, down = map(float, region(visitor, code, view).get_attribute("data-at").split())
    box = svg.bounding_box()
    scale = box["width"] / (2 * HALF_WIDTH)
    svg.click(position={"x": across * scale, "y": down * scale})


def box_of(visitor: Visitor, code: str) -> Locator:
    return visitor.page.locator(f"input[name=sites][value={code}]")


def said(visitor: Visitor) -> Locator:
    return visitor.page.locator("[data-said]")


def badges(visitor: Visitor, code: str) -> Locator:
    return visitor.page.locator(f"[data-badge={code}]")


def test_a_tap_on_the_map_ticks_in_the_list_and_is_read_back(look: Look) -> None:
    # given the map beside the list, on a phone, seen from the back
    visitor = look("control")
    visitor.page.get_by_label("Back", exact=True).check()
    # when the patient's left shoulder is tapped
    tap_at_middle(visitor, "shoulder_left", "back")
    # then it is ticked, said in words, and marked in both views
    expect(box_of(visitor, "shoulder_left")).to_be_checked()
    expect(said(visitor)).to_have_text("Patient's left shoulder, back: ticked, pressure 1.")
    expect(said(visitor)).to_have_attribute("role", "status")
    expect(badges(visitor, "shoulder_left")).to_have_text(["1", "1"])
    visitor.look()
    # and a second tap takes it back
    tap_at_middle(visitor, "shoulder_left", "back")
    expect(box_of(visitor, "shoulder_left")).not_to_be_checked()
    expect(said(visitor)).to_have_text("Patient's left shoulder, back: not ticked.")
    expect(badges(visitor, "shoulder_left")).to_have_count(0)


def test_what_is_done_in_the_list_shows_on_the_map(look: Look) -> None:
    visitor = look("control", wide=True)
    box_of(visitor, "hand_right").check()
    expect(badges(visitor, "hand_right")).to_have_text(["1", "1"])
    visitor.page.locator("#pressure-hand_right").select_option("2")
    expect(badges(visitor, "hand_right")).to_have_text(["2", "2"])
    # a pressure past the limit is marked as such, and said by the shape's own words
    visitor.page.locator("#pressure-hand_right").select_option("3")
    expect(visitor.page.locator("[data-badge].bm-badge-group--beyond")).to_have_count(2)
    expect(region(visitor, "hand_right", "front").locator("title")).to_have_text(
        "Patient's right hand, front: up to pressure 2; ticked, pressure 3; the limit here: "
        "up to pressure 2, a reason is asked for when you save"
    )
    box_of(visitor, "hand_right").uncheck()
    expect(badges(visitor, "hand_right")).to_have_count(0)
    # a group ticks without an event of its own
    visitor.page.get_by_role("button", name="Both feet").first.click()
    expect(badges(visitor, "foot_sole_left")).to_have_text(["1"])
    visitor.page.get_by_role("button", name="Untick all").click()
    expect(visitor.page.locator("[data-badge]")).to_have_count(0)
    visitor.look()


def test_a_tap_where_there_is_no_contact_asks_first(look: Look) -> None:
    visitor = look("control")
    visitor.page.evaluate(
        "document.addEventListener('sites:beyond', (e) => { document.title = e.detail.code; })"
    )
    # when the thigh with the metastasis is tapped, then it is not ticked and the limit is said
    tap_at_middle(visitor, "thigh_front_left", "front")
    expect(box_of(visitor, "thigh_front_left")).not_to_be_checked()
    expect(said(visitor)).to_have_text(
        "Patient's left thigh, front: no contact (Bone metastasis). Not ticked."
    )
    expect(said(visitor)).to_be_in_viewport()
    visitor.look()
    # leaving it changes nothing
    visitor.page.get_by_role("button", name="Leave it unticked").click()
    expect(visitor.page.locator("[data-badge]")).to_have_count(0)
    expect(visitor.page.get_by_role("button", name="Go on with a reason")).to_be_hidden()
    # going on names the site to the page, and ticks it
    tap_at_middle(visitor, "thigh_front_left", "front")
    visitor.page.get_by_role("button", name="Go on with a reason").click()
    expect(visitor.page).to_have_title("thigh_front_left")
    expect(box_of(visitor, "thigh_front_left")).to_be_checked()
    expect(said(visitor)).to_contain_text("a reason is asked for when you save")
    # another tap takes it back without asking
    tap_at_middle(visitor, "thigh_front_left", "front")
    expect(box_of(visitor, "thigh_front_left")).not_to_be_checked()


def test_a_page_may_take_over_what_follows(look: Look) -> None:
    visitor = look("control")
    visitor.page.evaluate(
        "document.addEventListener('sites:beyond', (event) => event.preventDefault())"
    )
    tap_at_middle(visitor, "chest_right", "front")
    visitor.page.get_by_role("button", name="Go on with a reason").click()
    expect(box_of(visitor, "chest_right")).not_to_be_checked()


@pytest.mark.parametrize("view", ["front", "back"])
def test_every_region_answers_where_its_number_stands(look: Look, view: str) -> None:
    visitor = look("control")
    visitor.page.get_by_label(view.capitalize(), exact=True).check()
    # no unit of the sheet is smaller on a phone than the drawing's tests count on
    box = visitor.page.locator(f"svg[data-view={view}]").bounding_box()
    assert box["width"] / (2 * HALF_WIDTH) >= PHONE_SCALE
    codes = visitor.page.locator(f"svg[data-view={view}] [data-site]").evaluate_all(
        "all => all.map(one => one.dataset.site)"
    )
    assert len(codes) > 30
    answered = visitor.page.evaluate(
        """([view, codes]) => codes.filter((code) => {
          const svg = document.querySelector(`svg[data-view=${view}]`);
          const region = svg.querySelector(`[data-site=${code}]`);
          region.scrollIntoView({ block: "center" });
          const [x, y] = region.dataset.at.split(" ").map(Number);
          const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
          const hit = document.elementFromPoint(at.x, at.y);
          return (hit.dataset.site ?? hit.dataset.hit) === code;
        })""",
        [view, codes],
    )
    assert set(codes) - set(answered) == set()


def test_the_map_is_no_stop_on_the_way_of_the_keyboard(look: Look) -> None:
    visitor = look("control", wide=True)
    stops = visitor.page.locator("[data-body-map]").locator(
        "a:visible, button:visible, input:visible, [tabindex]:visible"
    )
    expect(stops).to_have_count(0)
    visitor.focus_on(box_of(visitor, "scalp"))
    visitor.page.keyboard.press("Space")
    expect(badges(visitor, "scalp")).to_have_text(["1", "1"])


def test_without_javascript_the_list_stands_alone_and_a_picture_is_a_picture(look: Look) -> None:
    visitor = look("control", scripts=False)
    expect(visitor.page.locator("[data-body-map]")).to_be_hidden()
    expect(box_of(visitor, "scalp")).to_be_visible()
    visitor.open("/picture")
    expect(visitor.page.locator("svg[data-view]")).to_have_count(2)
    expect(visitor.page.get_by_role("img", name="Body seen from the back.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("wide", [False, True])
def test_the_picture_holds_in_light_and_dark(look: Look, theme: str, wide: bool) -> None:
    visitor = look("picture", wide=wide, color_scheme=theme)
    front = visitor.page.get_by_role("img", name="Body seen from the front.")
    expect(front).to_be_visible()
    middle = front.evaluate("one => one.getBoundingClientRect().x + one.clientWidth / 2")
    hand = visitor.page.locator("svg[data-view=front] [data-badge=hand_left]").bounding_box()
    assert hand["x"] > middle  # seen from the front, the patient's left is on the viewer's right
