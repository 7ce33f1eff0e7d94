"""Print the change from before to after of a protocol's arms, as the summary shows it."""

import json
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sessions_app.clinics.models import Clinic
from sessions_app.dashboards.arm_figures import ArmFigures, figures_of
from sessions_app.outcomes.figures import Figures
from sessions_app.outcomes.spoken import as_sentence
from sessions_app.protocols.models import Arm, Protocol

HEADINGS = ("arm", "scale", "patients", "sessions", "missing", "change", "95 % interval", "printed")


class Command(BaseCommand):
    """Improvement is positive; no name, no chart number and no date of a patient is printed."""

    help = "Print the mean change of each arm of a protocol with its interval, beside the trial's."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let protocol, arm, clinic and form be chosen."""
        parser.add_argument("--protocol", metavar="ID", required=True, help="such as «rest»")
        parser.add_argument("--arm", metavar="A", default="", help="one arm, such as «massage»")
        parser.add_argument("--clinic", metavar="SLUG", help="one clinic; without it, all")
        parser.add_argument("--format", choices=("table", "json"), default="table")

    def handle(self, *args: Any, protocol: str, arm: str, **options: Any) -> None:
        """Say the figures, or what is not known here."""
        _refuse_unknown(protocol, arm)
        found = figures_of(_clinics(options["clinic"]), protocol, arm)
        if options["format"] == "json":
            rows = [_named(protocol, one) for one in found]
            self.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False, allow_nan=False))
        elif found:
            self.stdout.write(_table([HEADINGS, *map(_row, found)]))
        else:
            self.stdout.write("Nobody was put on this protocol here.")


def _refuse_unknown(protocol: str, arm: str) -> None:
    """Name what there is instead of a protocol or an arm that is not there."""
    codes = sorted(set(Protocol.objects.values_list("code", flat=True)))
    if protocol not in codes:
        known = ", ".join(codes) or "none"
        raise CommandError(f"there is no protocol «{protocol[:60]}»; there are {known}")
    arms = sorted(set(Arm.objects.filter(protocol__code=protocol).values_list("code", flat=True)))
    if arm and arm not in arms:
        raise CommandError(f"«{protocol}» has no arm «{arm[:60]}»; it has {', '.join(arms)}")


def _clinics(slug: str | None) -> list[uuid.UUID]:
    chosen = Clinic.objects.filter(slug=slug) if slug else Clinic.objects.all()
    found = list(chosen.values_list("pk", flat=True))
    if slug and not found:
        raise CommandError(f"there is no clinic «{slug[:60]}»")
    return found


def _named(protocol: str, one: ArmFigures) -> dict[str, Any]:
    return {"protocol": protocol, "version": one.version, "arm": one.arm, **one.figures}


def _row(one: ArmFigures) -> tuple[str, ...]:
    told = one.figures
    counts = (str(told["patients"]), str(told["sessions"]), str(told["missing"]))
    return (f"{one.arm} (v{one.version})", told["scale"], *counts, *_change(told))


def _change(told: Figures) -> tuple[str, str, str]:
    """The mean, its interval and the trial's mean; or the reason why there is no mean."""
    printed = f"{told['published']['mean_change']:.2f}" if told["published"] else "–"
    if told["mean_change"] is None:
        return "–", as_sentence(told["hidden_because"]), printed
    interval = f"{told['ci_low']:.2f} to {told['ci_high']:.2f}"
    return f"{told['mean_change']:.2f}", interval, printed


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    padded = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in padded)
