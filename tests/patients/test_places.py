"""Where a fact or an order is: the list of sites is the control, the body map a second view."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.patients.models import ClinicalFact
from sessions_app.vocabulary.body_sites import BodySite
from tests.patients.typed import fact
from tests.reading import Page
from tests.universe import ClientAs, Universe


def record(universe: Universe, browser: Client, kind: str, *sites: str) -> Page:
    where = reverse("patients:record_fact", args=[universe.chen.pk, kind])
    return Page(browser.post(where, {**fact(universe), "kind": kind, "sites": sites}))


def ticked(page: Page) -> set[str]:
    return {one["value"] for one in page.inputs("sites") if "checked" in one}


@pytest.mark.parametrize("address", ["fact", "order"])
def test_the_map_stands_before_the_list_which_is_the_control(
    universe: Universe, client_as: ClientAs, address: str
) -> None:
    kind = {"kind": "bone_metastasis"} if address == "fact" else {}
    where = reverse(f"patients:record_{address}", kwargs={"patient_id": universe.chen.pk, **kind})
    page = Page(client_as("therapist").get(where))
    assert {one["value"] for one in page.inputs("sites")} == set(BodySite.codes())
    assert page.html.index("data-body-map") < page.html.index("data-sites")
    assert [tag for tag, attrs in page.tags if attrs.get("name", "").startswith("pressure-")] == []
    # without its script the map is not there, and the list is whole
    assert [attrs for _, attrs in page.tags if "data-body-map" in attrs and "hidden" in attrs]


def test_an_order_asks_first_where_and_folds_what_is_rarely_used(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    where = reverse("patients:record_order", args=[universe.ada.pk])
    page = Page(browser.get(where))
    names = [a["name"] for tag, a in page.tags if tag == "input" and a.get("name")]
    order = list(dict.fromkeys(one for one in names if one in {"sites", "rules", "up_to"}))
    assert order == ["sites", "rules", "up_to"]
    folds = '<details class="more"><summary>Others: '
    assert folds in page.html
    # what is ticked among them is shown
    folded = page.html[page.html.index(folds) :]
    rule = folded[folded.index('name="rules" value="') + 20 :].split('"')[0]
    again = browser.post(where, {"rules": [rule]}).content.decode()
    assert folds not in again
    assert '<details class="more" open><summary>Others: ' in again


@pytest.mark.parametrize(
    ("kind", "sites", "told", "kept"),
    [
        ("wound", ["tail"], "Where: choose from the list. It has no such site.", set()),
        ("wound", ["heel_left", "<b>"], "It has no such site.", {"heel_left"}),
        ("wound", ["HEEL_LEFT"], "It has no such site.", set()),
        ("lymph_nodes", ["calf_left", "groin_left"], "Not at the left calf", {"groin_left"}),
    ],
)
def test_a_site_outside_the_vocabulary_is_refused_and_the_rest_is_kept(
    universe: Universe,
    client_as: ClientAs,
    kind: str,
    sites: list[str],
    told: str,
    kept: set[str],
) -> None:
    before = ClinicalFact.objects.count()
    page = record(universe, client_as("therapist"), kind, *sites)
    assert told in page.said_at("id_sites")
    assert ticked(page) == kept
    assert ClinicalFact.objects.count() == before


def test_what_is_ticked_is_on_the_map_too(universe: Universe, client_as: ClientAs) -> None:
    page = record(universe, client_as("therapist"), "wound", "heel_left", "tail")
    assert page.html.count('data-badge="heel_left"') == 1
    assert "ticked, with its pressure" not in page.html
    assert "no limit set" not in page.words
