"""The stored sums: whole numbers only, so that any two rows of different patients may be added.

Nothing here is a source: each row can be made anew from sessions and scores, and is. No other row
points here, so the key is the whole grain and begins with the clinic.
"""

from typing import Any

from django.db import models

from sessions_app.clinics.models import Clinic
from sessions_app.patients.models import Patient
from sessions_app.protocols.models import Arm

_DERIVED: Any = {"related_name": "+", "db_index": False, "db_constraint": False}


class Derived(models.Model):
    """Sums of one clinic."""

    clinic = models.ForeignKey(Clinic, models.DO_NOTHING, **_DERIVED)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"sums of clinic {self.clinic_id}"


class FoldedWindow(Derived):
    """A time from which on the clinic's sums of patients are kept: of all time, or a Monday."""

    pk = models.CompositePrimaryKey("clinic_id", "since")
    since = models.DateField()

    class Privacy:
        personal = ()
        plain = ("pk", "clinic", "since")


class PatientTotal(Derived):
    """One patient's counted sessions in an arm on one scale since a day; `rise` is Σ(after-before).

    `n` have both scores, `squares` is the sum of the squared rises, `befores` of their scores
    before. `without_after` have a score before and none after, and `their_befores` sums those.
    Of pain `high` began high enough to be clearly less afterwards, and `by_percent` and `by_points`
    of them were; 0 on other scales. `sessions` are all of them, `late` those written down late.
    """

    pk = models.CompositePrimaryKey("clinic_id", "since", "patient_id", "arm_id", "scale")
    since = models.DateField()
    patient = models.ForeignKey(Patient, models.DO_NOTHING, **_DERIVED)
    arm = models.ForeignKey(Arm, models.DO_NOTHING, **_DERIVED)
    scale = models.CharField(max_length=20)
    n = models.IntegerField()
    rise = models.IntegerField()
    squares = models.IntegerField()
    befores = models.IntegerField()
    without_after = models.IntegerField()
    their_befores = models.IntegerField()
    high = models.IntegerField()
    by_percent = models.IntegerField()
    by_points = models.IntegerField()
    sessions = models.IntegerField()
    late = models.IntegerField()

    class Privacy:
        personal = (
            "pk", "patient", "n", "rise", "squares", "befores", "without_after", "their_befores",
            "high", "by_percent", "by_points", "sessions", "late",
        )  # fmt: skip
        plain = ("clinic", "since", "arm", "scale")


class Tally(Derived):
    """The sums over a clinic's patients in an arm on a scale; a patient has n_g sessions, S_g rise.

    A mean and a share with their cluster-robust intervals, the mean of patients' means and a funnel
    need no more (docs/adr/0016). What is divided by n_g is kept in parts of a whole
    (`spelling.WHOLE`), which nearly every n_g divides: these patients are the row in which `n` is
    0. Others stand in a row for each n_g, with `n` as the whole.

    `patients` have both scores at least once, `complete` is Σn_g, `n_squares` Σn_g², `rise` ΣS_g,
    `n_rises` Σn_g·S_g, `rise_squares` ΣS_g². In those parts `means` is ΣS_g/n_g, `mean_squares`
    ΣS_g²/n_g², `mean_befores` the mean scores before.

    Of pain a patient has m_g sessions that began high enough, of which h_g were clearly less
    afterwards, by 30 % or by 2 points: `high_patients` have one at least, `high` is Σm_g,
    `high_squares` Σm_g²; `by_percent` and `by_points` are Σh_g, `high_by_percent` Σm_g·h_g,
    `by_percent_squares` Σh_g². `sessions` and `late` are everybody's.
    """

    pk = models.CompositePrimaryKey("clinic_id", "since", "arm_id", "scale", "n")
    since = models.DateField()
    arm = models.ForeignKey(Arm, models.DO_NOTHING, **_DERIVED)
    scale = models.CharField(max_length=20)
    n = models.IntegerField()
    patients = models.IntegerField()
    complete = models.IntegerField()
    n_squares = models.BigIntegerField()
    rise = models.BigIntegerField()
    n_rises = models.BigIntegerField()
    rise_squares = models.BigIntegerField()
    means = models.BigIntegerField()
    mean_squares = models.BigIntegerField()
    mean_befores = models.BigIntegerField()
    high_patients = models.IntegerField()
    high = models.IntegerField()
    high_squares = models.BigIntegerField()
    by_percent = models.IntegerField()
    high_by_percent = models.BigIntegerField()
    by_percent_squares = models.BigIntegerField()
    by_points = models.IntegerField()
    high_by_points = models.BigIntegerField()
    by_points_squares = models.BigIntegerField()
    sessions = models.IntegerField()
    late = models.IntegerField()

    class Privacy:
        personal = ()
        plain = (
            "pk", "clinic", "since", "arm", "scale", "n", "patients", "complete", "n_squares",
            "rise", "n_rises", "rise_squares", "means", "mean_squares", "mean_befores",
            "high_patients", "high", "high_squares", "by_percent", "high_by_percent",
            "by_percent_squares", "by_points", "high_by_points", "by_points_squares", "sessions",
            "late",
        )  # fmt: skip


class WeekOfScores(Derived):
    """The counted sessions of a week on one scale, by what is missing and whether written late."""

    pk = models.CompositePrimaryKey(
        "clinic_id", "week", "arm_id", "scale", "before_missing", "after_missing", "late"
    )
    week = models.DateField()
    arm = models.ForeignKey(Arm, models.DO_NOTHING, **_DERIVED)
    scale = models.CharField(max_length=20)
    before_missing = models.CharField(max_length=20)
    after_missing = models.CharField(max_length=20)
    late = models.BooleanField()
    sessions = models.IntegerField()
    n = models.IntegerField()
    rise = models.IntegerField()
    squares = models.IntegerField()

    class Privacy:
        personal = ()
        plain = (
            "pk", "clinic", "week", "arm", "scale", "before_missing", "after_missing", "late",
            "sessions", "n", "rise", "squares",
        )  # fmt: skip


class WeekOfSessions(Derived):
    """The sessions of a week in an arm, by what became of them."""

    pk = models.CompositePrimaryKey("clinic_id", "week", "arm_id", "status", "not_given_reason")
    week = models.DateField()
    arm = models.ForeignKey(Arm, models.DO_NOTHING, **_DERIVED)
    status = models.CharField(max_length=20)
    not_given_reason = models.CharField(max_length=30)
    sessions = models.IntegerField()
    counted = models.IntegerField()
    minutes = models.IntegerField()
    flagged = models.IntegerField()

    class Privacy:
        personal = ()
        plain = (
            "pk", "clinic", "week", "arm", "status", "not_given_reason", "sessions", "counted",
            "minutes", "flagged",
        )  # fmt: skip


class Plans(Derived):
    """What became of planned sessions in a week; a column for each reason."""

    week = models.DateField()
    given = models.IntegerField()
    not_given = models.IntegerField()
    asleep = models.IntegerField()
    procedure = models.IntegerField()
    declined_time = models.IntegerField()
    declined_no_interest = models.IntegerField()
    unwell = models.IntegerField()
    staff = models.IntegerField()
    infection_control = models.IntegerField()
    discharged = models.IntegerField()
    died = models.IntegerField()
    safety_stop = models.IntegerField()
    other = models.IntegerField()

    class Meta:
        abstract = True

    class Privacy:
        personal: tuple[str, ...] = ()
        plain: tuple[str, ...] = (
            "pk", "clinic", "week", "given", "not_given", "asleep", "procedure", "declined_time",
            "declined_no_interest", "unwell", "staff", "infection_control", "discharged", "died",
            "safety_stop", "other",
        )  # fmt: skip


class WeekOfPlans(Plans):
    """Those of a clinic's week, in whatever arm."""

    pk = models.CompositePrimaryKey("clinic_id", "week")


class WeekOfPlansInArm(Plans):
    """Those of a clinic's week in an arm; its weeks lie beside each other."""

    pk = models.CompositePrimaryKey("clinic_id", "arm_id", "week")
    arm = models.ForeignKey(Arm, models.DO_NOTHING, **_DERIVED)

    class Privacy(Plans.Privacy):
        plain = (*Plans.Privacy.plain, "arm")
