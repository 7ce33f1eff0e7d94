"""A receipt reads back as it was written, or is refused by its name."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.safety.assess import assess
from sessions_app.safety.catalogue import CATALOGUE, rule
from sessions_app.safety.orders import Order
from sessions_app.safety.receipt import (
    EDITION,
    FORM,
    Answered,
    Receipt,
    Shown,
    edition_of,
    parse,
    receipt_of,
    serialise,
    versions_of,
)
from sessions_app.safety.situation import PlannedSession
from sessions_app.safety.written import Unreadable, codec
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.severity import Level
from tests.safety.making import TODAY, facts, platelets

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(),
    str: st.text(max_size=12),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    type(None): st.none(),
}


def drawn(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a declared type: whatever field a rule may read one day is drawn as well."""
    inner = get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if get_origin(hint) is frozenset:
        some = st.frozensets(drawn(inner[0]), max_size=4)
        return some | st.just(ALL_SITES) if inner[0] is BodySite else some
    if get_origin(hint) is tuple:
        return st.lists(drawn(inner[0]), max_size=3).map(tuple)
    if get_origin(hint) is Mapping:
        return st.dictionaries(drawn(inner[0]), drawn(inner[1]), max_size=3)
    if inner:
        return st.one_of(*(drawn(each) for each in inner))
    if is_dataclass(hint):
        types = get_type_hints(hint)
        parts = {one.name: drawn(types[one.name]) for one in fields(hint) if one.init}
        return st.builds(hint, **parts)
    return st.sampled_from(list(hint))


def one() -> Receipt:
    """A plain receipt: a low count, by order, answered."""
    order = Order("o", frozenset({"H2"}), ALL_SITES, 1, "Dr Oduya", "oncologist", TODAY, TODAY)
    plan = PlannedSession(pressures={BodySite.HAND_LEFT: 3}, minutes=30)
    verdict = assess(facts(platelets(15_000)), plan, TODAY, orders=[order])
    return receipt_of(verdict, Answered(True, "as agreed", 12))


@given(drawn(Receipt))
def test_what_is_written_reads_back_the_same(receipt) -> None:
    text = json.dumps(serialise(receipt), ensure_ascii=False)
    assert parse(json.loads(text)) == receipt


def test_a_verdict_hands_over_all_that_was_asked_and_said() -> None:
    receipt = one()
    assert receipt.asked.today == TODAY
    assert receipt.asked.session is not None
    assert receipt.asked.session.minutes == 30
    assert [fact.value for fact in receipt.asked.facts.facts] == [15_000]
    assert Shown("H2", rule("H2").version, Level.CONFIRM) in receipt.shown
    assert [broken.site for broken in receipt.breaks] == [BodySite.HAND_LEFT]
    assert (receipt.edition, receipt.answered.seconds) == (EDITION, 12)


def test_asking_the_same_again_says_the_same() -> None:
    receipt = parse(serialise(one()))
    asked = receipt.asked
    again = assess(asked.facts, asked.session, asked.today, orders=receipt.orders)
    assert receipt_of(again, receipt.answered) == receipt


def test_what_is_usual_takes_no_room() -> None:
    written = serialise(one())
    assert written["orders"][0]["sites"] == "all"
    assert "sites" in written["asked"]["facts"]["facts"][0]
    assert set(written["asked"]["session"]) == {"pressures", "minutes"}
    assert len(json.dumps(written)) < 1_200


def test_a_verdict_that_nobody_asked_for_has_no_receipt() -> None:
    verdict = replace(assess(facts(), None, TODAY), asked=None)
    with pytest.raises(ValueError, match="does not say what was asked"):
        receipt_of(verdict, Answered())


def put(where: tuple[Any, ...], what: Any) -> Any:
    """A written receipt with one thing changed."""
    written: Any = serialise(one())
    place = written
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = what
    return written


FACT = ("asked", "facts", "facts", 0)
BAD = [
    (put(("form",), 2), "it is of form 2, and this program reads form 1"),
    (put(("form",), None), "it is of form None"),
    ("no receipt", "it is of form None"),
    (put(("weather",), "fine"), "Receipt has no «weather»"),
    (put((*FACT, "colour"), "red"), "Fact has no «colour»"),
    (put((*FACT, "kind"), "mood"), "'mood' is no code of FactKind"),
    (put((*FACT, "kind"), []), r"\[\] is no code of FactKind"),
    (put((*FACT, "sites"), ["tail"]), "'tail' is no code of BodySite"),
    (put((*FACT, "sites"), "tail"), "'tail' is no list"),
    (put((*FACT, "value"), "many"), "'many' is no Decimal"),
    (put((*FACT, "value"), 34), "34 is no Decimal"),
    (put((*FACT, "value"), "NaN"), "'NaN' is no Decimal"),
    (put((*FACT, "observed_on"), "3 Nov"), "'3 Nov' is no date"),
    (put(("asked", "session", "minutes"), "30"), "'30' is no int"),
    (put(("asked", "session", "minutes"), True), "True is no int"),
    (put(("asked", "session", "pressures"), [1]), r"\[1\] has no keys"),
    (put(("breaks", 0, "what"), "Planet:mars"), "'Planet:mars' is none of BodySite, Technique"),
    (put(("breaks", 0, "what"), 7), "7 is none of"),
    (put(("asked",), {}), "Situation lacks «facts»"),
]


@pytest.mark.parametrize(("written", "said"), BAD, ids=[said for _, said in BAD])
def test_what_is_not_known_is_refused_by_the_receipts_name(written: Any, said: str) -> None:
    with pytest.raises(Unreadable, match=f"^Receipt r-17 cannot be read: {said}"):
        parse(written, "r-17")


def test_an_older_receipt_that_lacks_what_was_added_since_reads_its_default() -> None:
    written = serialise(one())
    del written["answered"]
    assert parse(written).answered == Answered()


def test_a_type_that_nobody_can_write_is_noticed_at_once() -> None:
    with pytest.raises(TypeError, match="is not written in a receipt"):
        codec(complex)


def test_all_that_a_rule_can_read_can_be_written() -> None:
    codec(Receipt)
    assert FORM == 1


def test_the_edition_names_every_rule_and_its_version() -> None:
    versions = versions_of()
    assert len(versions) == len(CATALOGUE)
    assert f"H2.{rule('H2').version}" in versions
    assert len(EDITION) == 16
    assert edition_of(reversed(CATALOGUE)) == EDITION
    changed = [replace(one, version=99) if one.id == "H2" else one for one in CATALOGUE]
    assert edition_of(changed) != EDITION
