"""Give a person a role in a clinic, from the command line."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Clinic
from sessions_app.management.account import Account, add_password_file
from sessions_app.vocabulary.roles import Role


class Command(BaseCommand):
    """Add a member to a clinic; the account is made when it is new."""

    help = (
        "Give a person a role in a clinic. A new account's password is asked for or read "
        "from --password-file; where there is nobody to ask, a link by which it is set is printed "
        "once, or sent by letter."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the person, the clinic and the role."""
        parser.add_argument("email", metavar="E-MAIL")
        parser.add_argument("--name", default="", help="the person's name, for a new account")
        parser.add_argument("--clinic", required=True, metavar="SLUG")
        parser.add_argument("--role", required=True, choices=Role.codes())
        add_password_file(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Give the role, and make the account where it is new, in one transaction."""
        clinic = Clinic.objects.filter(slug=options["clinic"]).first()
        if clinic is None:
            raise CommandError(f"there is no clinic «{options['clinic']}»")
        try:
            validate_email(options["email"])
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        account = Account.of(options["email"], options["name"], options["password_file"])
        role = Role(options["role"])
        try:
            with transaction.atomic():
                user = account.ready()
                clinics.add_member(clinic=clinic, user=user, role=role)
        except IntegrityError:
            raise CommandError(f"{options['email']} has a role in {clinic.name} already") from None
        self.stdout.write(f"{user.email} is {role.label.lower()} in {clinic.name}.")
        self.stdout.write(account.last_words)
