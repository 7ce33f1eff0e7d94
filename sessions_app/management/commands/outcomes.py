"""Print the change from before to after of a protocol's arms, as the summary shows it."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sessions_app.clinics.models import Clinic
from sessions_app.dashboards.arm_figures import ArmFigures, figures_of
from sessions_app.dashboards.scope import EARLIEST, LATEST, LONGEST, Scope, first_at_first
from sessions_app.outcomes.figures import Figures
from sessions_app.outcomes.spoken import as_sentence, percent
from sessions_app.protocols import registry
from sessions_app.protocols.models import Arm, Protocol
from sessions_app.protocols.registry import Course

HEADINGS = (
    *("arm", "scale", "patients", "sessions", "missing", "change", "95 % interval"),
    *("of patients", "30 % less", "2 points less", "printed"),
)


class Command(BaseCommand):
    """Improvement is positive; no name, no chart number and no date of a patient is printed."""

    help = (
        "Print the mean change of each arm of a protocol with its interval, beside the trial's: "
        "of the last 26 weeks, as the summary does, where no days are asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Let protocol, arm, clinic, days and form be chosen."""
        parser.add_argument("--protocol", metavar="ID", required=True, help="such as «rest»")
        parser.add_argument("--arm", metavar="A", default="", help="one arm, such as «massage»")
        parser.add_argument("--clinic", metavar="SLUG", help="one clinic; without it, all")
        parser.add_argument("--from", metavar="D", dest="first", default="", help=_FIRST)
        parser.add_argument("--to", metavar="D", dest="last", default="", help="today where unsaid")
        parser.add_argument("--format", choices=("table", "json"), default="table")

    def handle(self, *args: Any, protocol: str, arm: str, **options: Any) -> None:
        """Say the figures, or what is not known here."""
        courses = _courses(protocol, arm)
        clinics = _clinics(options["clinic"])
        first, last = _days(clinics, options["first"], options["last"])
        scope = Scope(clinics, first, last, protocol=protocol, arm=arm, courses=courses)
        found = figures_of(scope) if clinics else []
        if options["format"] == "json":
            rows = [_named(one) for one in found]
            self.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False, allow_nan=False))
        elif found:
            self.stdout.write(_table([HEADINGS, *map(_row, found)]))
        else:
            self.stdout.write(f"No session of this protocol was given from {first} to {last}.")


_FIRST = "the first day, such as 2026-01-31; 26 weeks back where unsaid"


def _courses(protocol: str, arm: str) -> tuple[Course, ...]:
    """Return the arms; name what there is instead of a protocol or an arm that is not there."""
    codes = sorted(set(Protocol.objects.values_list("code", flat=True)))
    if protocol not in codes:
        known = ", ".join(codes) or "none"
        raise CommandError(f"there is no protocol «{protocol[:60]}»; there are {known}")
    arms = dict(Arm.objects.filter(protocol__code=protocol).values_list("pk", "code"))
    if arm and arm not in arms.values():
        known = ", ".join(sorted(set(arms.values())))
        raise CommandError(f"«{protocol}» has no arm «{arm[:60]}»; it has {known}")
    return tuple(registry.course(pk) for pk, code in arms.items() if arm in ("", code))


def _clinics(slug: str | None) -> tuple[Clinic, ...]:
    chosen = Clinic.objects.filter(slug=slug) if slug else Clinic.objects.order_by("slug")
    found = tuple(chosen)
    if slug and not found:
        raise CommandError(f"there is no clinic «{slug[:60]}»")
    return found


def _days(clinics: tuple[Clinic, ...], first: str, last: str) -> tuple[date, date]:
    """Return the first and the last day; what the summary shows at first where none is said."""
    now = timezone.now()
    today = max((now.astimezone(one.zone).date() for one in clinics), default=now.date())
    until = _day("--to", last) or today
    since = _day("--from", first) or first_at_first(until)
    if since > until:
        raise CommandError(f"--from {since} is after --to {until}")
    if until - since > LONGEST:
        raise CommandError("--from: choose at most ten years before --to")
    return since, until


def _day(name: str, said: str) -> date | None:
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise CommandError(f"{name}: write a day such as 2026-01-31, not «{said[:60]}»") from None
    if not EARLIEST <= day <= LATEST:
        raise CommandError(f"{name}: choose a day from {EARLIEST} to {LATEST}")
    return day


def _named(one: ArmFigures) -> dict[str, Any]:
    return {"protocol": one.protocol, "version": one.version, "arm": one.arm, **one.figures}


def _row(one: ArmFigures) -> tuple[str, ...]:
    told = one.figures
    counts = (str(told["patients"]), str(told["sessions"]), str(told["missing"]))
    return (f"{one.arm} (v{one.version})", told["scale"], *counts, *_change(told))


def _change(told: Figures) -> tuple[str, ...]:
    """The means, the interval, the shares, the trial's mean; or why there is no mean."""
    printed = f"{told['published']['mean_change']:.2f}" if told["published"] else "–"
    shares = (told["responders_30pct"], told["responders_2pt"])
    responded = tuple("–" if share is None else percent(share) for share in shares)
    if told["mean_change"] is None:
        return "–", as_sentence(told["hidden_because"]), "–", *responded, printed
    interval = f"{told['ci_low']:.2f} to {told['ci_high']:.2f}"
    each = f"{told['patient_mean_change']:.2f}"
    return f"{told['mean_change']:.2f}", interval, each, *responded, printed


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in padded)
