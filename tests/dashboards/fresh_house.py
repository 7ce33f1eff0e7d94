"""A clinic in which nothing has happened yet, kept by who is another clinic's admin."""

from django.test import Client
from django.urls import reverse

from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Membership
from sessions_app.vocabulary.roles import Role
from tests.universe import Universe


def enter(universe: Universe, browser: Client) -> None:
    """Open the clinic, make Harbour's admin its supervisor, and choose it in their browser."""
    fresh = clinics.open_clinic(
        second_factor_roles=(),
        name="Fresh House",
        slug="fresh",
        time_zone="UTC",
        emergency_text="-",
        emergency_number="2222",
    )
    clinics.add_member(clinic=fresh, user=universe.foreign_admin.user, role=Role.SUPERVISOR)
    chosen = Membership.objects.get(clinic=fresh)
    browser.post(reverse("clinics:switch"), {"membership": chosen.pk})
