"""No form takes the id of what another clinic owns, or of somebody who does not work here.

The sweep is made from the addresses: each page that shows somebody a form is asked for; each
control that holds an id, or offers some, is filled with ids of the other clinic, one after the
other, and sent. Nothing may have been written (every write leaves an audit row), and nothing of
the other clinic may be told.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client

from sessions_app.models import AuditEvent
from tests.architecture.pages import address
from tests.architecture.test_access import GET
from tests.reading import Page
from tests.sweep_sizes import CONTROLS
from tests.universe import ClientAs, Universe

AN_ID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
A_FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
WITH_AN_ID = re.compile(
    # A select that offers an id; an input or a button that holds one, its name before or after it.
    rf'<select\b[^>]*\bname="([^"]+)"(?:(?!</select>).)*value="{AN_ID}"'
    rf'|<(?:input|button)\b[^>]*\bname="([^"]+)"[^>]*\bvalue="{AN_ID}"'
    rf'|<(?:input|button)\b[^>]*\bvalue="{AN_ID}"[^>]*\bname="([^"]+)"',
    re.DOTALL,
)
OWN = {"client_key", "timed_key"}
"""The key that a form makes up for what it will write: it names no row that there is."""
EXPECTED = {"post": {"membership", "of_clinic"}, "get": {"therapist", "person"}}
"""Which controls hold ids. A new one is listed here, so that somebody looks at it once."""
ROLES = ("therapist", "supervisor", "admin", "wanda_here")
NAMES_ANOTHER_CLINIC = {"emergency_access:open"}
"""Pages whose very purpose it is, each try on record: tests/emergency_access/test_reading.py."""
WITH_FORMS = [
    (name, role)
    for name, row in GET.items()
    if 200 in row and name not in NAMES_ANOTHER_CLINIC
    for role in ROLES
]
FOREIGN: tuple[Callable[[Universe], uuid.UUID], ...] = (
    lambda world: world.farah.pk,
    lambda world: world.farah_course.pk,
    lambda world: world.farah_session.pk,
    lambda world: world.foreign_therapist.user_id,
    lambda world: world.foreign_therapist.pk,
    lambda world: world.harbour.pk,
)
"""Ids of the other clinic: of its patient, course, session, person, role, and of itself."""
FOREIGN_WORDS = ("Farahson", "C-farah", "harbour.example")


@dataclass(frozen=True)
class Control:
    """One control that holds an id: how and where its form sends, its name, all that goes along."""

    method: str
    where: str
    name: str
    sent: dict[str, list[str]]


def controls(answer: HttpResponse, where: str) -> Iterator[Control]:
    """Yield the controls of a page's forms that hold an id, or offer some."""
    page = Page(answer)
    bodies = A_FORM.findall(page.html)
    assert len(bodies) == len(page.forms)
    for body, tag, sent in zip(bodies, page.form_tags, page.forms, strict=True):
        names = {name for found in WITH_AN_ID.findall(body) for name in found if name}
        for name in sorted(names - OWN):
            yield Control(tag.get("method", "get").lower(), tag.get("action") or where, name, sent)


def shown(universe: Universe, browser: Client, name: str) -> Iterator[Control]:
    """Yield the controls with ids of one address, as somebody sees it."""
    where = address(name, universe)
    answer = browser.get(where)
    if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
        yield from controls(answer, where)


@pytest.mark.parametrize(("name", "role"), WITH_FORMS)
def test_no_form_takes_an_id_of_another_clinic(
    universe: Universe,
    client_as: ClientAs,
    record_property: Callable[[str, object], None],
    name: str,
    role: str,
) -> None:
    browser = client_as(role)
    found = list(shown(universe, browser, name))
    record_property(CONTROLS, len(found))
    for control in found:
        send = browser.post if control.method == "post" else browser.get
        for foreign in FOREIGN:
            written = AuditEvent.objects.count()
            answer = send(control.where, {**control.sent, control.name: str(foreign(universe))})
            assert answer.status_code < 500, control.name
            assert AuditEvent.objects.count() == written, control.name
            assert not any(word in answer.content.decode() for word in FOREIGN_WORDS), control.name


@pytest.mark.slow
def test_the_sweep_finds_the_controls_that_hold_an_id(
    universe: Universe, client_as: ClientAs
) -> None:
    browsers = {role: client_as(role) for role in ROLES}
    seen = [one for name, role in WITH_FORMS for one in shown(universe, browsers[role], name)]
    found = {method: {one.name for one in seen if one.method == method} for method in EXPECTED}
    assert found == EXPECTED
