"""The filters of a dashboard: from an address to a scope, or a sentence of what is wrong."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from sessions_app.asking_form import AskingForm
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.dashboards.scope import EARLIEST, LATEST, LONGEST, Scope, first_at_first
from sessions_app.one_button import with_button
from sessions_app.outcomes.completeness import RatedBy
from sessions_app.patients.models import Patient
from sessions_app.protocols import registry
from sessions_app.protocols.models import Arm
from sessions_app.protocols.registry import Course
from sessions_app.vocabulary.techniques import Technique

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Known:
    """What the filters may be set to: the person's clinics, and what those clinics have."""

    clinics: tuple[Clinic, ...]
    courses: tuple[Course, ...]
    people: tuple[tuple[uuid.UUID, str], ...]
    wards: tuple[str, ...]
    today: date

    @property
    def protocols(self) -> Choices:
        """Each protocol once, by its title."""
        return sorted({(one.protocol.code, one.protocol.title) for one in self.courses})

    @property
    def arms(self) -> Choices:
        """Each arm once; an arm is named after its protocol, since codes are used again."""
        return sorted({(arm_code(one), one.name) for one in self.courses if _has_arms(one)})


def known_to(clinics: Sequence[Clinic], today: date) -> Known:
    """Return what may be asked of these clinics, in three statements."""
    ids = [clinic.pk for clinic in clinics]
    patients = Patient.objects.filter(clinic_id__in=ids).exclude(ward="")
    return Known(
        clinics=tuple(clinics),
        courses=arms_known(),
        people=tuple(_people(Membership.objects.filter(clinic_id__in=ids))),
        wards=tuple(patients.order_by("ward").values_list("ward", flat=True).distinct()),
        today=today,
    )


def arms_known() -> tuple[Course, ...]:
    """Return every arm of every version, in one statement."""
    arms = Arm.objects.order_by("protocol__code", "protocol__version", "id")
    return tuple(map(registry.course, arms.values_list("pk", flat=True)))


def arm_code(course: Course) -> str:
    """Return how an arm is called in an address: protocol and arm."""
    return f"{course.protocol.code}.{course.arm.code}"


class ScopeForm(AskingForm):
    """All filters may stay empty: then it is the clinic's last 26 weeks."""

    mistakes_name_their_field = True

    def __init__(self, data: Mapping[str, Any] | None, *, known: Known, here: Clinic) -> None:
        super().__init__(data)
        self.known, self.here = known, here
        self.fields["clinic"] = _several("Clinics", [(c.slug, c.name) for c in known.clinics])
        self.fields["from"] = _day("From")
        self.fields["to"] = _day("To")
        self.fields["protocol"] = _one("Protocol", "All protocols", known.protocols)
        self.fields["arm"] = _one("Arm", "All arms", known.arms)
        self.fields["technique"] = _one("Technique", "All techniques", Technique.choices())
        people = [(str(pk), name) for pk, name in known.people]
        self.fields["therapist"] = _one("Given by", "Everybody", people)
        self.fields["ward"] = _one("Ward", "All wards", [(ward, ward) for ward in known.wards])
        self.fields["by"] = _one("Who reported the scores", "Anybody", RatedBy.choices())
        self.helper = with_button(
            "Show these", refused="No figures yet. Please look at:", asks=True
        )

    def clean_from(self) -> date:
        """The first day; the 26 weeks' first where none is said."""
        return self.cleaned_data["from"] or first_at_first(self.known.today)

    def clean_to(self) -> date:
        """The last day; today where none is said."""
        return self.cleaned_data["to"] or self.known.today

    def clean(self) -> dict[str, Any]:
        """The days go forward, and the arm is one of the protocol."""
        said = super().clean()
        first, last = said.get("from"), said.get("to")
        for name, day in (("from", first), ("to", last)):
            if day and not EARLIEST <= day <= LATEST:
                words = f"choose a day from {EARLIEST} to {LATEST}."
                self.add_error(name, f"{self.fields[name].label}: {words}")
        if first and last and first > last:
            self.add_error("to", "To: choose the day of «From» or a later one.")
        elif first and last and last - first > LONGEST:
            self.add_error("from", "From: choose at most ten years before «To».")
        arm, protocol = said.get("arm"), said.get("protocol")
        if arm and protocol and not arm.startswith(f"{protocol}."):
            self.add_error("arm", "Arm: choose one of the protocol, or all arms.")
        return said

    def scope(self) -> Scope:
        """Return what the filters ask for; only of a valid form."""
        said = self.cleaned_data
        chosen = said.get("clinic") or [self.here.slug]
        person = said["therapist"]
        return Scope(
            clinics=tuple(one for one in self.known.clinics if one.slug in chosen),
            first=said["from"],
            last=said["to"],
            protocol=said["protocol"],
            arm=said["arm"],
            courses=tuple(self._courses(said["protocol"], said["arm"])),
            technique=Technique(said["technique"]) if said["technique"] else None,
            given_by=uuid.UUID(person) if person else None,
            ward=said["ward"],
            rated_by=RatedBy(said["by"]) if said["by"] else None,
        )

    def is_of(self, clinic: Clinic) -> bool:
        """Say whether a clinic is the only one asked for; where it is not, say so in the form."""
        if [one.pk for one in self.scope().clinics] == [clinic.pk]:
            return True
        self.add_error(
            "clinic", f"Clinics: sessions are listed for the clinic you act in, {clinic.name}."
        )
        return False

    def chosen(self) -> list[tuple[str, str]]:
        """Return the filters that are set, each with its choice in words."""
        told = []
        for name, field in self.fields.items():
            said = self.cleaned_data.get(name)
            if said and name not in ("from", "to"):
                labels = dict(field.choices)  # type: ignore[attr-defined]
                each = said if isinstance(said, list) else [said]
                told.append((str(field.label), ", ".join(labels[one] for one in each)))
        return told

    def _courses(self, protocol: str, arm: str) -> Iterable[Course]:
        if not protocol and not arm:
            return ()
        return (
            one
            for one in self.known.courses
            if protocol in ("", one.protocol.code) and arm in ("", arm_code(one))
        )


def _has_arms(course: Course) -> bool:
    return len(course.protocol.arms) > 1


def _people(members: QuerySet[Membership]) -> Iterable[tuple[uuid.UUID, str]]:
    names = members.order_by("user__display_name").values_list("user_id", "user__display_name")
    return dict(names).items()


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget)


def _one(label: str, every: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", every), *choices])


def _several(label: str, choices: Choices) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple if len(choices) > 1 else forms.MultipleHiddenInput
    return forms.MultipleChoiceField(label=label, required=False, choices=choices, widget=widget)
