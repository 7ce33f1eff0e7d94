"""Protocols to read: dose, who may give them, what was printed, and the caveat."""

import pytest

from sessions_app.outcomes.published import PUBLISHED
from sessions_app.protocols import registry
from tests.reading import Page
from tests.universe import ClientAs, Universe


def test_every_protocol_is_listed_with_its_page(universe: Universe, client_as: ClientAs) -> None:
    links = Page(client_as("volunteer").get("/protocols/")).links()
    for code in ("rest", "jane-bone", "foot-10", "open"):
        assert f"/protocols/{code}/" in links


@pytest.mark.parametrize("code", ["rest", "jane-bone", "foot-10", "open"])
def test_a_protocol_tells_its_arms_its_source_and_its_caveat(
    universe: Universe, client_as: ClientAs, code: str
) -> None:
    words = " ".join(Page(client_as("therapist").get(f"/protocols/{code}/")).words.split())
    protocol = next(one.protocol for one in registry.offered() if one.protocol.code == code)
    said = [protocol.title, protocol.evidence_caveat, protocol.citation, protocol.doi]
    said += [arm.who_may_give_text for arm in protocol.arms]
    said += [result.as_printed[1:] for result in PUBLISHED if result.protocol == code]
    said += [question.text for question in (*protocol.eligibility, *protocol.exclusions)]
    for text in filter(None, said):
        assert " ".join(text.split()) in words


@pytest.mark.parametrize("code", ["rest-2", "REST", "unknown"])
def test_a_protocol_that_is_none_is_not_found(
    universe: Universe, client_as: ClientAs, code: str
) -> None:
    assert client_as("therapist").get(f"/protocols/{code}/").status_code == 404
