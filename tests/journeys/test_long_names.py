"""A new chart with words as long as they come: every page fits a phone, and says what is amiss."""

from tests.journeys.conftest import Visit
from tests.journeys.steps import button, choice, expect, link, sign_in
from tests.journeys.visitor import Visitor

LONG = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftsch"
PARTICULARS = {
    "Family name": LONG, "Given names": "Hubertblaine" * 5, "Date of birth": "1961-02-28",
    "Chart number": "N" * 40, "Ward (optional)": "W" * 60, "Room (optional)": "R" * 40,
    "Cancer type, in words (optional)": "c" * 200,
}  # fmt: skip


def test_a_chart_with_very_long_words_fits_a_phone_from_end_to_end(visitor: Visit) -> None:
    # given a therapist who registers somebody with a name of seventy letters
    therapist = visitor()
    sign_in(therapist, "therapist")
    therapist.open("/patients/new/")
    for label, words in PARTICULARS.items():
        therapist.page.get_by_label(label, exact=True).fill(words)
    therapist.go(button(therapist, "Save particulars"))
    chart = therapist.page.url.removeprefix(therapist.address)
    # when the consent is recorded, it is said aloud: nothing is chosen beforehand
    _choose_fact(therapist, "Consent to massage")
    therapist.page.get_by_label("Who says so").fill("s" * 200)
    therapist.go(button(therapist, "Save fact"))
    assert therapist.status == 422
    therapist.tap(choice(therapist, "value", 1))
    therapist.go(button(therapist, "Save fact"))
    # and a count under the wrong unit is asked about, not stored
    _choose_fact(therapist, "Platelet count")
    therapist.page.get_by_label("Value").fill("45000")
    therapist.page.get_by_label("Unit").select_option("per_nl")
    therapist.page.get_by_label("Who says so").fill("lab")
    therapist.go(button(therapist, "Save fact"))
    expect(therapist.page.locator(".field--error .field__error")).to_contain_text(
        "45,000 ×10⁹/L would be 45,000,000/µL. Is the unit /µL?"
    )
    therapist.page.get_by_label("Unit").select_option("per_ul")
    therapist.go(button(therapist, "Save fact"))
    # then the chart, its forms and the list fit (see Visitor.look)
    for path in (chart, f"{chart}amend/", f"{chart}enrol/", "/patients/"):
        therapist.open(path)
    expect(link(therapist, LONG).or_(therapist.page.get_by_text(LONG)).first).to_be_visible()


def _choose_fact(visitor: Visitor, kind: str) -> None:
    """From the chart: record a fact of a kind."""
    visitor.go(link(visitor, "Record a fact"))
    visitor.go(visitor.page.locator("a.row", has_text=kind))
