"""The list of people and a person's page: found, filtered, paged, and nobody else's."""

import re
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Membership
from sessions_app.mail.models import Letter
from sessions_app.members import actions
from sessions_app.members.clinic_actions import change_clinic
from sessions_app.people.factors import asks_second_step
from sessions_app.people.models import User
from sessions_app.people.password_link_model import PasswordLink
from sessions_app.vocabulary.roles import Role
from tests.reading import Page
from tests.universe import ClientAs, Universe

PEOPLE = reverse("members:people")


def listed(browser: Client, **wanted: Any) -> Page:
    answer = browser.post(PEOPLE, wanted)
    assert answer.status_code == 303
    where = answer.headers["Location"]
    assert "=" not in where.removeprefix(f"{PEOPLE}?found=1")
    return Page(browser.get(where))


def person(user_id: object) -> str:
    return reverse("members:person", args=[user_id])


def test_an_admin_sees_who_works_in_the_clinic_and_nobody_else(
    universe: Universe, client_as: ClientAs
) -> None:
    told = Page(client_as("admin").get(PEOPLE)).words
    assert "Therapist of Birchwood Hospice" in told
    assert "Wanda Wide" in told
    assert "Harbour" not in told


@pytest.mark.parametrize(
    ("wanted", "found", "absent"),
    [
        ({"q": "wan wid"}, "Wanda Wide", "Therapist of"),
        ({"q": "SUPERVISOR@"}, "Supervisor of Birchwood", "Wanda"),
        ({"role": "volunteer"}, "Volunteer of Birchwood", "Wanda"),
        ({"standing": "works_here"}, "Wanda Wide", "Volunteer of"),
        ({"standing": "deactivated"}, "Volunteer of Birchwood", "Wanda"),
        ({"standing": "left"}, "Supervisor of Birchwood", "Wanda"),
        ({}, "Volunteer of Birchwood", "Supervisor of Birchwood"),
        ({"q": "%"}, "Nobody fits", "Wanda"),
    ],
)
def test_what_is_looked_for_is_found(
    universe: Universe, client_as: ClientAs, wanted: Any, found: str, absent: str
) -> None:
    if "standing" in wanted or not wanted:
        actions.deactivate(universe.volunteer, by=universe.admin)
        actions.end_membership(universe.supervisor, by=universe.admin)
    told = listed(client_as("admin"), **wanted).words
    assert found in told
    assert absent not in told


def test_an_admin_of_two_clinics_sees_both_and_acts_in_each(
    universe: Universe, client_as: ClientAs
) -> None:
    clinics.add_member(clinic=universe.harbour, user=universe.admin.user, role=Role.ADMIN)
    browser = client_as("admin")
    assert "Therapist of Harbour" in Page(browser.get(PEOPLE)).words
    told = listed(browser, clinic="harbour").words
    assert "Therapist of Harbour" in told
    assert "Therapist of Birchwood" not in told
    there = reverse("members:role_deed", args=[universe.foreign_therapist.pk, "deactivate"])
    assert browser.post(there).status_code == 302
    assert not universe.foreign_therapist.user.memberships.in_force().exists()
    add = reverse("members:give_role", args=[universe.therapist.user_id])
    assert browser.post(add, {"clinic": "harbour", "role": "volunteer"}).status_code == 302
    assert universe.therapist.user.memberships.filter(clinic=universe.harbour).exists()
    again = browser.post(add, {"clinic": "harbour", "role": "volunteer"})
    assert again.status_code == 422
    assert "has a role in that clinic already" in Page(again).words


def test_a_clinic_in_which_one_is_no_admin_is_not_among_them(
    universe: Universe, client_as: ClientAs
) -> None:
    """Wanda becomes admin here; in Harbour she stays a supervisor."""
    actions.change_role(universe.wanda_here, role=Role.ADMIN, by=universe.admin)
    browser = client_as("wanda_here")
    assert (
        "Harbour Cancer"
        not in Page(browser.get(PEOPLE)).words.replace("account", "").split("Switch clinic")[-1]
    )
    assert browser.get(person(universe.foreign_therapist.user_id)).status_code == 404
    assert browser.get(person(universe.therapist.user_id)).status_code == 200


def test_a_person_of_another_clinic_is_not_found(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("admin")
    far = universe.foreign_therapist
    for where in (
        reverse("members:give_role", args=[far.user_id]),
        reverse("members:account_deed", args=[far.user_id, "close-account"]),
        reverse("members:change_role", args=[far.pk]),
        reverse("members:role_deed", args=[far.pk, "end"]),
    ):
        assert browser.get(where).status_code == 404
        assert browser.post(where, {"role": "admin"}).status_code == 404
    assert browser.get(person(far.user_id)).status_code == 404
    assert not Page(browser.get(person(universe.wanda.pk))).words.count("Harbour")


def test_an_unknown_deed_is_not_found(universe: Universe, client_as: ClientAs) -> None:
    for name, whose in (("role", universe.therapist.pk), ("account", universe.therapist.user_id)):
        where = reverse(f"members:{name}_deed", args=[whose, "promote"])
        assert client_as("admin").get(where).status_code == 404


def test_the_page_of_a_deed_says_why_it_could_not_be_done(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("admin")
    where = reverse("members:role_deed", args=[universe.admin.pk, "end"])
    assert browser.get(where).status_code == 200
    answer = browser.post(where)
    assert answer.status_code == 422
    assert "would have no admin left" in Page(answer).words
    role = reverse("members:change_role", args=[universe.admin.pk])
    assert "would have no admin left" in Page(browser.post(role, {"role": "therapist"})).words


def test_a_persons_page_shows_what_can_be_done(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("admin")
    page = Page(browser.get(person(universe.therapist.user_id)))
    for words in ("Change role", "Deactivate", "End the role", "End all sign-ins"):
        assert words in page.words
    assert "Reactivate" not in page.words
    actions.deactivate(universe.therapist, by=universe.admin)
    assert "Reactivate" in Page(browser.get(person(universe.therapist.user_id))).words


@pytest.mark.slow
def test_the_list_costs_the_same_with_two_thousand_people(
    universe: Universe, client_as: ClientAs
) -> None:
    users = [
        User(email=f"p{n}@many.example", display_name=f"Person {n:04}", password="!")
        for n in range(2000)
    ]
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(
        Membership(clinic=universe.birchwood, user=one, role="therapist") for one in users
    )
    browser = client_as("admin")
    browser.get(PEOPLE)
    for where in (PEOPLE, f"{PEOPLE}?page=41"):
        with CaptureQueriesContext(connection) as said:
            answer = browser.get(where)
        assert len(said) <= 8, [one["sql"] for one in said.captured_queries]
        assert "2005 people" in Page(answer).words


def give_factor(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def ask_for_factor(world: Universe, *roles: str) -> None:
    change_clinic(by=world.admin, second_factor_roles=list(roles))


def test_who_lacks_a_second_factor_is_found_and_told(
    universe: Universe, client_as: ClientAs
) -> None:
    give_factor(universe.supervisor.user)
    ask_for_factor(universe, "supervisor", "volunteer")
    browser = client_as("admin")
    has, none, lacks = (listed(browser, factor=one).words for one in ("has", "none", "lacks"))
    assert "Supervisor of" in has
    assert "Therapist of" not in has
    assert "Therapist of" in none
    assert "Supervisor of" not in none
    assert "Volunteer of" in lacks
    assert "Therapist of" not in lacks
    assert "no second factor" in lacks
    assert "no second factor" not in has


def test_a_lost_second_factor_is_reset_and_every_browser_is_out(
    universe: Universe, client_as: ClientAs
) -> None:
    user, admin = universe.therapist.user, client_as("admin")
    where = reverse("members:account_deed", args=[user.pk, "reset-second-factor"])
    assert "has no second factor" in Page(admin.post(where)).words
    assert "Reset second factor" not in Page(admin.get(person(user.pk))).words
    give_factor(user)
    browser = client_as("therapist")
    assert "Reset second factor" in Page(admin.get(person(user.pk))).words
    assert admin.post(where).status_code == 302
    assert not asks_second_step(user)
    assert not user.authenticator_set.exists()
    assert browser.get("/patients/").status_code == 302
    told = AuditEvent.objects.filter(clinic_id=universe.birchwood.pk).order_by("-seq")[0]
    assert (told.action, told.actor_id) == ("person.factors_reset", universe.admin.user_id)
    assert told.old == {"kinds": ["recovery_codes", "totp"]}


def test_the_second_factor_of_who_also_works_elsewhere_is_not_reset_from_here(
    universe: Universe, client_as: ClientAs
) -> None:
    give_factor(universe.wanda)
    where = reverse("members:account_deed", args=[universe.wanda.pk, "reset-second-factor"])
    assert client_as("admin").post(where).status_code == 403
    assert asks_second_step(universe.wanda)


def test_a_clinic_asks_roles_for_a_second_factor_from_its_settings(
    universe: Universe, client_as: ClientAs
) -> None:
    ask_for_factor(universe, "therapist")
    browser = client_as("therapist")
    assert browser.get("/patients/").status_code == 302
    ask_for_factor(universe)
    assert browser.get("/patients/").status_code == 200


def password_link(user: Any) -> str:
    return reverse("members:password_link", args=[user.pk])


def test_where_no_letters_go_out_an_admin_hands_over_a_link_for_a_new_password(
    universe: Universe, client_as: ClientAs, settings: Any
) -> None:
    settings.EMAIL_HOST = ""
    user, admin = universe.therapist.user, client_as("admin")
    assert password_link(user) in Page(admin.get(person(user.pk))).links()
    assert "No letters go out from here" in Page(admin.get(password_link(user))).words
    shown = admin.post(password_link(user)).content.decode()
    [link] = re.findall(r"http://testserver(/sign-in/new-password/[^\s<]+)", shown)
    told = AuditEvent.objects.filter(clinic_id=universe.birchwood.pk).order_by("-seq")[0]
    assert (told.action, told.actor_id) == (
        "person.password_link_made", universe.admin.user_id,
    )  # fmt: skip
    one, new = Client(), "a kettle under the violet roof"
    one.get(link)
    answer = one.post(reverse("people:new_password"), {"new": new, "again": new})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.check_password(new)


def test_with_a_mail_server_the_admin_never_sees_the_link(
    universe: Universe, client_as: ClientAs, settings: Any
) -> None:
    settings.EMAIL_HOST = "post.example"
    answer = client_as("admin").post(password_link(universe.therapist.user))
    assert answer.status_code == 302
    letter = Letter.objects.get()
    assert letter.to == universe.therapist.user.email
    assert "/sign-in/new-password/" in letter.body
    assert "Administrator of Birchwood Hospice, an admin, made a link" in letter.body


def test_no_admin_makes_a_link_for_who_also_works_elsewhere_for_themself_or_a_closed_account(
    universe: Universe, client_as: ClientAs
) -> None:
    admin = client_as("admin")
    assert admin.post(password_link(universe.wanda)).status_code == 403
    own = admin.post(password_link(universe.admin.user))
    assert (own.status_code, "your own account" in Page(own).words) == (422, True)
    User.objects.filter(pk=universe.volunteer.user_id).update(is_active=False)
    closed = admin.post(password_link(universe.volunteer.user))
    assert (closed.status_code, "Reopen it first" in Page(closed).words) == (422, True)
    assert admin.post(password_link(universe.foreign_admin.user)).status_code == 404
    assert not PasswordLink.objects.exists()
