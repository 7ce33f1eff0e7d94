"""Past sessions of a clinic, asked again by their receipts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo

from django.db.models import Exists, OuterRef, QuerySet

from sessions_app.safety.replay import Settings, Tally, Written
from sessions_app.safety.replay_pool import replay_on
from sessions_app.sessions.models import SessionReceipt
from sessions_app.sessions.querysets import SessionQuerySet

ROWS_AT_ONCE = 500


@dataclass
class Replayed:
    """What was counted; sessions without a receipt, and those beyond the bound, are left out."""

    tally: Tally = field(default_factory=Tally)
    without: int = 0
    older: int = 0

    def add(self, other: "Replayed") -> None:
        """Take in another clinic's count."""
        self.tally.add(other.tally)
        self.without += other.without
        self.older += other.older


def replayed(
    sessions: SessionQuerySet,
    receipts: QuerySet[SessionReceipt],
    since: date,
    zone: tzinfo,
    settings: Settings,
    *,
    newest: int | None = None,
    workers: int = 1,
) -> Replayed:
    """Ask the present rules about the sessions of a clinic since a day; `newest` bounds them."""
    began = datetime.combine(since, time.min, tzinfo=zone)
    all_of_them = sessions.filter(performed_at__gte=began)
    mine = receipts.filter(session_id=OuterRef("pk"), clinic_id=OuterRef("clinic_id"))
    told = all_of_them.filter(Exists(mine))
    without = all_of_them.held().filter(~Exists(mine)).count()
    chosen = receipts.filter(session__performed_at__gte=began)
    older = 0
    if newest is not None and (older := max(0, told.count() - newest)):
        chosen = receipts.filter(session_id__in=told.newest_first().values("pk")[:newest])
    return Replayed(replay_on(workers, _written(chosen), settings), without, older)


def _written(receipts: QuerySet[SessionReceipt]) -> Iterator[Written]:
    """Yield the receipts as they are stored, those of a session together, few at a time."""
    rows = receipts.order_by("clinic_id", "session_id", "phase")
    for session, name, text in rows.values_list("session_id", "pk", "written").iterator(
        chunk_size=ROWS_AT_ONCE
    ):
        yield str(session), str(name), text
