"""What is shown as before is drawn once; what is answered differently is drawn anew."""

import gc
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.audit.models import ChainHead
from sessions_app.dashboards.clinic_dashboard import QUESTIONS
from sessions_app.dashboards.in_one_go import in_one_go
from sessions_app.dashboards.kept import Kept
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Panel
from sessions_app.dashboards.scope import Scope, first_at_first
from tests.universe import Universe


class Drawn:
    """A question that counts how often it was made."""

    def __init__(self, code: str) -> None:
        self.code, self.times = code, 0

    def __call__(self, scope: Scope, links: Links) -> Panel:
        self.times += 1
        return QUESTIONS[self.code](scope, links)


def usual(universe: Universe) -> Scope:
    return Scope((universe.birchwood,), first_at_first(universe.today), universe.today)


def asked(
    kept: Kept,
    drawn: Drawn,
    scope: Scope,
    *,
    may_follow: bool = True,
    heads: dict[uuid.UUID, str] | None = None,
) -> tuple[str, int]:
    """Return what is shown, and how many statements it cost; no chain is looked at by itself."""
    with CaptureQueriesContext(connection) as said:
        shown = kept.show(drawn.code, drawn, scope, Links(scope, may_follow), heads or {})
    return shown.html, len(said)


@pytest.mark.parametrize("code", QUESTIONS)
def test_the_same_answers_are_drawn_once_and_asked_each_time(universe: Universe, code: str) -> None:
    kept, drawn, scope = Kept(), Drawn(code), usual(universe)
    first, again = asked(kept, drawn, scope), asked(kept, drawn, scope)
    assert first == again
    assert drawn.times == 1


@pytest.mark.parametrize("code", ["happening", "changed", "complete", "over_time", "therapists"])
def test_one_session_more_is_seen_at_once_and_costs_no_statement_more(
    universe: Universe, code: str
) -> None:
    kept, drawn, scope = Kept(), Drawn(code), usual(universe)
    before, cost = asked(kept, drawn, scope)
    universe.log(universe.bruno_course)
    after, same = asked(kept, drawn, scope)
    assert before != after == asked(Kept(), drawn, scope)[0]
    assert cost == same


def test_nothing_is_asked_while_the_chain_ends_as_it_did(universe: Universe) -> None:
    kept, drawn, scope = Kept(), Drawn("changed"), usual(universe)
    first, cost = asked(kept, drawn, scope, heads=heads(universe))
    assert cost > 0
    assert asked(kept, drawn, scope, heads=heads(universe)) == (first, 0)
    universe.log(universe.bruno_course)
    after, again = asked(kept, drawn, scope, heads=heads(universe))
    assert (after != first, again) == (True, cost)
    assert asked(kept, drawn, scope, heads=heads(universe)) == (after, 0)
    assert drawn.times == 2


def test_what_is_written_while_a_page_is_made_is_on_the_next_one(universe: Universe) -> None:
    kept, drawn, scope = Kept(), Drawn("changed"), usual(universe)
    before = heads(universe)
    first, _ = asked(kept, drawn, scope, heads=before)
    universe.log(universe.bruno_course)
    asked(kept, drawn, scope, heads=before | {uuid.uuid4(): "of another clinic"})
    after, _ = asked(kept, drawn, scope, heads=heads(universe))
    assert after == asked(Kept(), drawn, scope)[0] != first


def test_a_chain_that_is_of_other_writes_is_another_one(universe: Universe) -> None:
    kept, drawn, scope = Kept(), Drawn("changed"), usual(universe)
    _, cost = asked(kept, drawn, scope, heads={universe.birchwood.pk: "one end"})
    assert asked(kept, drawn, scope, heads={universe.birchwood.pk: "another end"})[1] == cost
    assert asked(kept, drawn, scope, heads={})[1] == cost  # nothing is known of it


def heads(universe: Universe) -> dict[uuid.UUID, str]:
    return dict(ChainHead.objects.values_list("clinic_id", "hash"))


def test_what_may_not_be_followed_is_another_page(universe: Universe) -> None:
    kept, drawn, scope = Kept(), Drawn("changed"), usual(universe)
    followed, _ = asked(kept, drawn, scope)
    plain, _ = asked(kept, drawn, scope, may_follow=False)
    assert "/summary/sessions/" in followed
    assert "/summary/sessions/" not in plain


def test_no_more_is_kept_than_the_number_said(universe: Universe) -> None:
    kept, drawn, last = Kept(most=2), Drawn("over_time"), universe.today
    scopes = [Scope((universe.birchwood,), last - timedelta(days=n), last) for n in range(3)]
    for scope in (*scopes, *reversed(scopes)):
        asked(kept, drawn, scope)
    assert drawn.times == 4  # the last two were kept, the first had to go
    assert len(kept._known) == 2


def test_garbage_is_looked_for_again_after_a_page_even_one_that_failed() -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_in_one_go()
    assert gc.isenabled()


def _fail_in_one_go() -> None:
    with in_one_go():
        assert not gc.isenabled()
        with in_one_go():  # another page at the same time
            pass
        assert not gc.isenabled()
        raise ZeroDivisionError
