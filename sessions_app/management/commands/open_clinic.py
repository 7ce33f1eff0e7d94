"""The first step in production: a clinic, and the person who keeps it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email, validate_slug
from django.db import transaction

from sessions_app.clinics import actions as clinics
from sessions_app.clinics.emergency_number import check_emergency_number
from sessions_app.clinics.models import Clinic
from sessions_app.demo.mark import SLUG_PREFIX
from sessions_app.management.account import Account, add_password_file
from sessions_app.vocabulary.roles import Role

LONGEST = {
    field.name: field.max_length or 0
    for field in Clinic._meta.fields
    if field.name in clinics.PARTICULARS
}


class Command(BaseCommand):
    """Open a clinic and make its first administrator."""

    help = (
        "Open a clinic. The administrator's account is made when it is new; its password is asked "
        "for or read from --password-file; where there is nobody to ask, a link by which it is set "
        "is printed once, or sent by letter."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the clinic's particulars and its administrator."""
        parser.add_argument("name", help="the clinic's name, as it is shown")
        parser.add_argument("--slug", required=True, help="short name: letters, digits, hyphens")
        parser.add_argument("--time-zone", required=True, help="such as Europe/London")
        parser.add_argument(
            "--emergency-text", required=True, help="what to do: whom to call, in one sentence"
        )
        parser.add_argument("--emergency-number", required=True, help="the number to call")
        parser.add_argument("--admin", required=True, metavar="E-MAIL", help="who keeps the clinic")
        parser.add_argument("--admin-name", default="", help="their name, for a new account")
        add_password_file(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the clinic and give the administrator the role, in one transaction."""
        _check(options)
        account = Account.of(options["admin"], options["admin_name"], options["password_file"])
        with transaction.atomic():
            clinic = clinics.open_clinic(**{key: options[key] for key in clinics.PARTICULARS})
            user = account.ready()
            clinics.add_member(clinic=clinic, user=user, role=Role.ADMIN)
        self.stdout.write(f"{clinic.name} is open; {user.email} is its administrator.")
        self.stdout.write(account.last_words)


def _check(options: dict[str, Any]) -> None:
    """Refuse, in one line, what the database or the pages could not work with."""
    try:
        validate_slug(options["slug"])
        validate_email(options["admin"])
        clinics.check_time_zone(options["time_zone"])
        check_emergency_number(options["emergency_number"])
    except (ValidationError, ValueError) as problem:
        raise CommandError(_in_words(problem)) from None
    for name in clinics.PARTICULARS:
        most = LONGEST[name]
        if not options[name].strip() or len(options[name]) > most:
            raise CommandError(f"{name.replace('_', ' ')}: 1 to {most} characters")
    if options["slug"].startswith(SLUG_PREFIX):
        raise CommandError(f"slugs that begin with {SLUG_PREFIX} belong to the demo")
    if Clinic.objects.filter(slug=options["slug"]).exists():
        raise CommandError(f"a clinic with the slug «{options['slug']}» is open already")


def _in_words(problem: ValidationError | ValueError) -> str:
    return " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
