"""Roles are given, changed, deactivated and ended; no clinic is left without an admin."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from sessions_app.audit.chain import first_fault
from sessions_app.audit.models import AuditEvent
from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Membership
from sessions_app.members import account_actions as accounts
from sessions_app.members import actions
from sessions_app.members.deciding import LastAdmin, TooLate
from sessions_app.people import actions as people
from sessions_app.vocabulary.roles import Role, Standing
from tests.reading import Page
from tests.sessions.test_at_the_same_time import together
from tests.universe import PASSWORD, ClientAs, Universe

HOME = "/patients/"


def second_admin(world: Universe) -> Membership:
    user = people.add_person(email="second@birchwood.example", display_name="Second Admin")
    return clinics.add_member(clinic=world.birchwood, user=user, role=Role.ADMIN)


def as_it_is(row: Membership) -> Membership:
    return Membership.objects.select_related("user").get(clinic_id=row.clinic_id, pk=row.pk)


def last_event(world: Universe) -> AuditEvent:
    return AuditEvent.objects.filter(clinic_id=world.birchwood.pk).order_by("-seq")[0]


ALONE: dict[str, Callable[[Universe], None]] = {
    "end": lambda w: actions.end_membership(w.admin, by=w.admin),
    "deactivate": lambda w: actions.deactivate(w.admin, by=w.admin),
    "another role": lambda w: actions.change_role(w.admin, role=Role.THERAPIST, by=w.admin),
    "close the account": lambda w: accounts.close_account(w.admin.user, by=w.admin),
}


@pytest.mark.parametrize("what", ALONE)
def test_the_last_admin_of_a_clinic_cannot_leave_it_without_one(
    universe: Universe, what: str
) -> None:
    with pytest.raises(LastAdmin, match="Birchwood Hospice would have no admin left"):
        ALONE[what](universe)
    assert as_it_is(universe.admin).standing is Standing.WORKS_HERE
    assert as_it_is(universe.admin).role == "admin"
    second_admin(universe)
    ALONE[what](universe)
    assert as_it_is(universe.admin).standing is not Standing.WORKS_HERE or what == "another role"


def test_an_admin_whose_account_is_closed_counts_as_none(universe: Universe) -> None:
    other = second_admin(universe)
    accounts.close_account(other.user, by=universe.admin)
    with pytest.raises(LastAdmin):
        actions.end_membership(universe.admin, by=universe.admin)


@pytest.mark.postgres
@pytest.mark.parametrize("deed", [actions.end_membership, actions.deactivate])
def test_of_two_admins_who_shut_each_other_out_at_once_one_stays(
    committed: Universe, deed: Callable[..., None]
) -> None:
    one, other = committed.admin, second_admin(committed)
    got = together([lambda: deed(other, by=one), lambda: deed(one, by=other)])
    assert sum(isinstance(each, PermissionDenied) for each in got) == 1, got
    here = Membership.objects.filter(clinic_id=committed.birchwood.pk, role="admin")
    assert [left.pk for left in here.in_force()] in ([one.pk], [other.pk])
    assert first_fault(committed.birchwood.pk) is None


@pytest.mark.postgres
def test_of_two_admins_who_leave_at_once_one_stays(committed: Universe) -> None:
    one, other = committed.admin, second_admin(committed)
    got = together(
        [
            lambda: actions.end_membership(one, by=one),
            lambda: actions.end_membership(other, by=other),
        ]
    )
    assert sum(isinstance(each, LastAdmin) for each in got) == 1, got


def test_a_changed_role_holds_at_the_next_page_and_is_on_record(
    universe: Universe, client_as: ClientAs
) -> None:
    therapist = client_as("therapist")
    assert therapist.get(reverse("patients:register")).status_code == 200
    actions.change_role(universe.therapist, role=Role.VOLUNTEER, by=universe.admin)
    assert therapist.get(reverse("patients:register")).status_code == 403
    event = last_event(universe)
    assert (event.old["role"], event.new["role"]) == ("therapist", "volunteer")
    assert event.new["user"] == str(universe.therapist.user_id)


def test_a_role_that_stays_the_same_is_no_event(universe: Universe) -> None:
    before = AuditEvent.objects.count()
    actions.change_role(universe.therapist, role=Role.THERAPIST, by=universe.admin)
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("deed", [actions.deactivate, actions.end_membership])
def test_who_is_shut_out_is_out_at_the_next_page_and_the_row_stays(
    universe: Universe, client_as: ClientAs, deed: Callable[..., None]
) -> None:
    browser = client_as("therapist")
    assert browser.get(HOME).status_code == 200
    deed(universe.therapist, by=universe.admin)
    answer = browser.get(HOME)
    assert answer.headers["Location"].startswith(reverse("people:sign_in"))
    again = Client()
    again.post("/sign-in/", {"email": universe.therapist.user.email, "password": PASSWORD})
    assert again.get(HOME).status_code == 403
    assert Membership.objects.filter(clinic_id=universe.birchwood.pk, role="therapist").count() == 2


def test_a_role_is_looked_at_with_each_page_whatever_the_browser_holds(
    universe: Universe, client_as: ClientAs
) -> None:
    """Also where the sign-in itself was not ended, as of who works in two clinics."""
    browser = client_as("wanda_here")
    actions.deactivate(universe.wanda_here, by=universe.admin)
    page = Page(browser.get(HOME))
    assert "Farahson" in page.words
    assert "Adason" not in page.words


def test_who_was_deactivated_comes_back_to_the_same_role(
    universe: Universe, client_as: ClientAs
) -> None:
    actions.deactivate(universe.therapist, by=universe.admin)
    with pytest.raises(TooLate):
        actions.deactivate(universe.therapist, by=universe.admin)
    actions.reactivate(universe.therapist, by=universe.admin)
    assert client_as("supervisor").get(HOME).status_code == 200
    assert as_it_is(universe.therapist).standing is Standing.WORKS_HERE
    assert last_event(universe).old["deactivated_at"]


def test_who_left_comes_back_with_a_new_row(universe: Universe) -> None:
    user = universe.therapist.user
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.give_role(user, role=Role.VOLUNTEER, by=universe.admin)
    actions.end_membership(universe.therapist, by=universe.admin)
    back = actions.give_role(user, role=Role.VOLUNTEER, by=universe.admin)
    assert [one.pk for one in user.memberships.in_force()] == [back.pk]
    assert user.memberships.count() == 2
    with pytest.raises(TooLate):
        actions.end_membership(universe.therapist, by=universe.admin)


@pytest.mark.parametrize("who", ["therapist", "volunteer", "supervisor", "wanda_there"])
def test_only_an_admin_decides_about_people(universe: Universe, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.deactivate(universe.volunteer, by=getattr(universe, who))


def test_an_admin_decides_nothing_in_another_clinic(universe: Universe) -> None:
    for deed in (actions.deactivate, actions.end_membership):
        with pytest.raises(PermissionDenied):
            deed(universe.foreign_therapist, by=universe.admin)
    for act in (accounts.close_account, accounts.end_sign_ins):
        with pytest.raises(PermissionDenied):
            act(universe.foreign_therapist.user, by=universe.admin)


def test_who_was_admin_when_the_page_was_made_and_is_no_more_decides_nothing(
    universe: Universe,
) -> None:
    other = second_admin(universe)
    actions.change_role(universe.admin, role=Role.SUPERVISOR, by=other)
    with pytest.raises(PermissionDenied):
        actions.end_membership(other, by=universe.admin)


def test_an_account_is_closed_by_who_keeps_all_its_clinics(
    universe: Universe, client_as: ClientAs
) -> None:
    with pytest.raises(PermissionDenied, match="of which you are not an admin"):
        accounts.close_account(universe.wanda, by=universe.admin)
    browser = client_as("therapist")
    accounts.close_account(universe.therapist.user, by=universe.admin)
    assert browser.get(HOME).status_code == 302
    told = last_event(universe)
    assert (told.old, told.new) == ({"is_active": True}, {"is_active": False})
    accounts.reopen_account(universe.therapist.user, by=universe.admin)
    again = Client()
    again.post("/sign-in/", {"email": universe.therapist.user.email, "password": PASSWORD})
    assert again.get(HOME).status_code == 200


def test_each_clinic_of_a_person_tells_that_the_account_was_closed(universe: Universe) -> None:
    clinics.add_member(clinic=universe.harbour, user=universe.admin.user, role=Role.ADMIN)
    accounts.close_account(universe.wanda, by=universe.admin)
    told = AuditEvent.objects.filter(action="person.account_closed")
    assert {one.clinic_id for one in told} == {universe.birchwood.pk, universe.harbour.pk}


def test_ending_sign_ins_signs_out_every_browser_and_nobody_else(
    universe: Universe, client_as: ClientAs
) -> None:
    one, two, other = client_as("therapist"), client_as("therapist"), client_as("supervisor")
    accounts.end_sign_ins(universe.therapist.user, by=universe.admin)
    assert [each.get(HOME).status_code for each in (one, two, other)] == [302, 302, 200]
    assert last_event(universe).old["open"] >= 2
