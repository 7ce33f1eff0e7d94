"""Ask the present rules, or changed ones, about past sessions: what would they have said?"""

import os
from argparse import ArgumentTypeError
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sessions_app.clinics.models import Clinic
from sessions_app.safety.replay import NoSuchSetting, Tally, setting
from sessions_app.sessions.models import Session, SessionReceipt
from sessions_app.sessions.replayed import Replayed, replayed

WORTH_ANOTHER_PROCESS = 5_000
UNREADABLE_SHOWN = 10


class Command(BaseCommand):
    """Count, for each rule, in how many sessions it would speak now, and spoke then."""

    help = "Run the present rules over past sessions, by their receipts. It changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask since when, and where, which rule and with which settings."""
        parser.add_argument(
            "--since", type=_day, required=True, metavar="YYYY-MM-DD", help="first day of sessions"
        )
        parser.add_argument("--clinic", metavar="SLUG", help="one clinic; otherwise all")
        parser.add_argument("--rule", metavar="ID", help="tell of one rule only")
        parser.add_argument(
            "--set", action="append", default=[], dest="changes", metavar="KEY=VALUE",
            help="another value of a threshold, as no clinic has it yet; may be repeated",
        )  # fmt: skip
        parser.add_argument(
            "--workers", type=int, default=os.cpu_count() or 1, help="how many processors to use"
        )

    def handle(
        self,
        *args: Any,
        since: date,
        clinic: str | None,
        rule: str | None,
        changes: list[str],
        workers: int,
        **options: Any,
    ) -> None:
        """Print a line for each rule that spoke, and what was left out."""
        try:
            changed = dict(setting(one) for one in changes)
        except NoSuchSetting as refusal:
            raise CommandError(str(refusal)) from None
        if rule is not None and rule not in Tally().rules:
            raise CommandError(f"there is no rule «{rule}»")
        whole = Replayed()
        for one in _clinics(clinic):
            sessions = Session.objects.filter(clinic_id=one.pk)
            receipts = SessionReceipt.objects.filter(clinic_id=one.pk)
            many = workers > 1 and receipts.count() > WORTH_ANOTHER_PROCESS
            use = workers if many else 1
            whole.add(replayed(sessions, receipts, since, one.zone, changed, workers=use))
        self._tell(whole, [rule] if rule else None)

    def _tell(self, whole: Replayed, asked: list[str] | None) -> None:
        tally = whole.tally
        for rule in asked or _speaking(tally):
            self.stdout.write(_line(rule, tally))
        if asked is None:
            self.stdout.write(f"{_sessions(tally.sessions)} asked again; no other rule speaks.")
        if whole.without:
            self.stdout.write(f"Left out: {_sessions(whole.without)} without a receipt.")
        if tally.unreadable:
            unread = len(tally.unreadable)
            self.stderr.write(f"Left out: {_sessions(unread)} with an unreadable receipt.")
            for words in tally.unreadable[:UNREADABLE_SHOWN]:
                self.stderr.write(f"  {words}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"«{text}» is no day; write 2026-11-21.") from None


def _clinics(slug: str | None) -> list[Clinic]:
    found = list(Clinic.objects.filter(slug=slug) if slug else Clinic.objects.order_by("slug"))
    if slug and not found:
        raise CommandError(f"there is no clinic «{slug}»")
    return found


def _speaking(tally: Tally) -> Iterable[str]:
    return (rule for rule in tally.rules if tally.now[rule] or tally.then[rule])


def _line(rule: str, tally: Tally) -> str:
    times = "once" if tally.now[rule] == 1 else f"{tally.now[rule]:,} times"
    return (
        f"{rule} would have fired {times} in {_sessions(tally.sessions)} "
        f"(then {tally.then[rule]:,}; {tally.new[rule]:,} new, {tally.gone[rule]:,} gone)"
    )


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count:,} sessions"
