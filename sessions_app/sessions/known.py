"""What the rules are asked for one page: each thing they look at is fetched once."""

from datetime import date, datetime
from functools import cached_property

from sessions_app.clinics.models import Membership
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.asked import Asking, asked_of
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions import score_rows
from sessions_app.sessions.context import Around, around
from sessions_app.sessions.judging import judged
from sessions_app.sessions.models import Score, Session
from sessions_app.sessions.record import Care, Ratings
from sessions_app.timing.timeline import Timeline


class Known:
    """A course, seen at the moment of its session: now, or when the one in progress began."""

    def __init__(
        self, enrolment: Enrolment, by: Membership, now: datetime, session: Session | None
    ) -> None:
        self.enrolment, self.by, self.now, self.session = enrolment, by, now, session
        self.when = session.performed_at if session else now

    @cached_property
    def around(self) -> Around:
        """The chart, the last session, and what was given beside the touch."""
        return around(self.enrolment, self.when, self.now, by=self.by, session=self.session)

    @property
    def timeline(self) -> Timeline:
        """What is given and planned beside the touch, a day back and a day ahead of now."""
        return self.around.timeline(self.now, self.by.clinic.zone)

    @cached_property
    def standing(self) -> Verdict:
        """What is known before anybody says anything: the facts, the last session, the doses."""
        return self.with_scores(None)

    def with_scores(self, before: Ratings | None) -> Verdict:
        """What stands with the scores before, whatever is planned."""
        told = self.around.told(Care(), before)
        return judged(self.around, told, self.by, at=self.now, planning=True)

    def before(self, typed: Ratings) -> Ratings:
        """Return the scores before: as they are typed now, or as they were stored at the start."""
        if self.session is None:
            return typed
        mine = {"clinic_id": self.session.clinic_id, "session_id": self.session.pk}
        return score_rows.ratings_before(Score.objects.filter(**mine))

    @property
    def today(self) -> date:
        """The clinic's day of now."""
        return self.now.astimezone(self.by.clinic.zone).date()

    @property
    def asking(self) -> Asking:
        """What is to be asked of the patient today."""
        rows = self.around.looked_at.facts
        return asked_of([one for one in rows if one.stands_on(self.today)], self.today)
