"""In which clinic a person acts: the first by name, or the one chosen in the header."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.db.models import Model

from sessions_app.clinics.membership import attach_membership, choose, memberships_of
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import ROLE_PERMISSIONS, Permission, can, check_may
from sessions_app.vocabulary.roles import Role
from tests.universe import Universe


def request(user: Any) -> Any:
    return SimpleNamespace(user=user, session=SessionStore())


def test_the_first_clinic_by_name_is_active_until_one_is_chosen(universe: Universe) -> None:
    asked = request(universe.wanda)
    attach_membership(asked)
    assert asked.user.membership == universe.wanda_here
    assert len(asked.memberships) == 2
    assert choose(asked, universe.wanda_there.pk)
    attach_membership(asked)
    assert asked.user.membership == universe.wanda_there


def columns(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("name", ["wanda", "therapist", "foreign_admin"])
def test_memberships_and_their_clinics_are_those_of_django(
    universe: Universe, name: str, django_assert_num_queries: Any
) -> None:
    person = getattr(universe, name)
    user = getattr(person, "user", person)
    with django_assert_num_queries(1):
        found = memberships_of(user)
        told = [(columns(one), columns(one.clinic)) for one in found]
        assert all(one.user is user for one in found)
    held = Membership.objects.filter(user=user).select_related("clinic").order_by("clinic__name")
    assert told == [(columns(one), columns(one.clinic)) for one in held]
    assert {(row._state.adding, row._state.db) for row in found} == {(False, "default")}


@pytest.mark.parametrize("gone", ["ended_at", "deactivated_at"])
def test_one_that_is_not_in_force_is_not_held(universe: Universe, gone: str) -> None:
    Membership.objects.filter(pk=universe.wanda_there.pk).update(**{gone: universe.now})
    assert memberships_of(universe.wanda) == [universe.wanda_here]


def test_nobody_acts_in_a_clinic_they_do_not_belong_to(universe: Universe) -> None:
    asked = request(universe.wanda)
    attach_membership(asked)
    assert not choose(asked, universe.therapist.pk)
    asked.session["membership"] = str(universe.foreign_admin.pk)
    attach_membership(asked)
    assert asked.user.membership == universe.wanda_here


def test_a_membership_that_was_taken_away_is_active_no_more(universe: Universe) -> None:
    asked = request(universe.wanda)
    attach_membership(asked)
    choose(asked, universe.wanda_there.pk)
    Membership.objects.filter(pk=universe.wanda_there.pk).delete()
    attach_membership(asked)
    assert asked.user.membership == universe.wanda_here


def test_a_person_without_a_clinic_may_do_nothing(universe: Universe) -> None:
    Membership.objects.filter(user=universe.wanda).delete()
    asked = request(universe.wanda)
    attach_membership(asked)
    assert asked.user.membership is None
    assert not any(can(None, permission) for permission in Permission)
    with pytest.raises(PermissionDenied, match="do not belong to a clinic"):
        check_may(None, Permission.VIEW_PATIENTS)


def test_nobody_signed_in_has_no_memberships(universe: Universe) -> None:
    asked = request(AnonymousUser())
    attach_membership(asked)
    assert asked.memberships == []


def test_a_refusal_names_role_clinic_and_what_is_refused(universe: Universe) -> None:
    with pytest.raises(PermissionDenied) as refused:
        check_may(universe.volunteer, Permission.ENROL)
    said = str(refused.value)
    assert all(word in said for word in ("volunteer", "Birchwood Hospice", Permission.ENROL.label))


def test_every_role_and_permission_has_its_place() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert frozenset().union(*ROLE_PERMISSIONS.values()) == set(Permission)


def test_only_those_who_may_log_sessions_see_patients() -> None:
    for permissions in ROLE_PERMISSIONS.values():
        assert (Permission.LOG_SESSION in permissions) == (Permission.VIEW_PATIENTS in permissions)
