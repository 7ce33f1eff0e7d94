"""No form of the clinic answers with one of Django's stock sentences, whatever is sent."""

import importlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.core import validators
from django.http import HttpRequest, QueryDict

from sessions_app.asking_form import AskingForm
from sessions_app.clinics.threshold_forms import ThresholdForm
from sessions_app.clinics.thresholds import held_in
from sessions_app.dashboards.arms_forms import ArmsForm
from sessions_app.dashboards.arms_report import pairs
from sessions_app.dashboards.forms import ReplayForm
from sessions_app.dashboards.listed_form import FileForm, ListedForm
from sessions_app.dashboards.network.forms import NetworkForm, known_to_network
from sessions_app.dashboards.scope_form import ScopeForm, known_to
from sessions_app.emergency_access.forms import OpenForm
from sessions_app.enrolments.forms import EndForm, EnrolForm
from sessions_app.members.clinic_forms import ParticularsForm, SettingsForm
from sessions_app.members.forms import ConfirmForm, InviteForm, JoinForm, PeopleForm, RoleForm
from sessions_app.members.profile_forms import ProfileForm
from sessions_app.patients.amend_form import AmendForm
from sessions_app.patients.end_form import NoLongerForm
from sessions_app.patients.fact_forms import FactForm
from sessions_app.patients.forms import PatientForm, SearchForm
from sessions_app.patients.order_forms import OrderForm
from sessions_app.people.forgotten_forms import ForgottenForm
from sessions_app.people.forms import CodeForm, SignInForm
from sessions_app.people.own_forms import (
    NameForm,
    NewPasswordForm,
    PasskeyForm,
    PasswordForm,
    ProveForm,
)
from sessions_app.plain_errors import PlainForm
from sessions_app.protocols import registry
from sessions_app.sessions.incident_forms import (
    CloseIncidentForm,
    DoneForm,
    IncidentForm,
    NoteForm,
    OneButtonForm,
)
from sessions_app.timing.forms import CorrectForm, MomentForm, TimedForm, WithdrawForm
from sessions_app.trail.forms import TrailForm
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.timed import TimedKind
from tests.architecture.sources import modules
from tests.universe import Universe

Bound = Callable[[Universe, QueryDict], forms.Form]

PLACED: dict[type[forms.Form], Bound] = {
    ArmsForm: lambda world, sent: ArmsForm(sent, pairs=pairs(), today=world.today),
    ReplayForm: lambda world, sent: ReplayForm(sent, today=world.today),
    **{
        kind: lambda world, sent, kind=kind: kind(
            sent,
            known=known_to([world.birchwood, world.harbour], world.today),
            here=world.birchwood,
        )
        for kind in (ScopeForm, ListedForm, FileForm)
    },
    NetworkForm: lambda world, sent: NetworkForm(
        sent, known=known_to_network([world.birchwood, world.harbour], world.today)
    ),
    SearchForm: lambda _, sent: SearchForm(sent),
    PatientForm: lambda world, sent: PatientForm(sent, today=world.today),
    AmendForm: lambda world, sent: AmendForm(sent, now={}, today=world.today),
    NoLongerForm: lambda w, sent: NoLongerForm(sent, began=w.today, today=w.today, button="End"),
    OrderForm: lambda w, sent: OrderForm(sent, speaking={"H2"}, today=w.today),
    EnrolForm: lambda w, sent: EnrolForm(
        sent, protocol=registry.course(w.arm("rest", "massage")).protocol, today=w.today
    ),
    EndForm: lambda w, sent: EndForm(sent, starts_on=w.today, today=w.today),
    ThresholdForm: lambda _, sent: ThresholdForm(sent, held=held_in([])[0]),
    PeopleForm: lambda world, sent: PeopleForm(sent, clinics=[world.birchwood, world.harbour]),
    ParticularsForm: lambda _, sent: ParticularsForm(sent),
    SettingsForm: lambda _, sent: SettingsForm(sent),
    ProfileForm: lambda world, sent: ProfileForm(sent, today=world.today),
    InviteForm: lambda world, sent: InviteForm(sent, clinics=[world.birchwood, world.harbour]),
    JoinForm: lambda _, sent: JoinForm(sent, email="new@birchwood.example"),
    RoleForm: lambda world, sent: RoleForm(sent, clinics=[world.birchwood, world.harbour]),
    ConfirmForm: lambda _, sent: ConfirmForm(sent, button="Do it"),
    IncidentForm: lambda _, sent: IncidentForm(sent),
    NoteForm: lambda _, sent: NoteForm(sent),
    CloseIncidentForm: lambda _, sent: CloseIncidentForm(sent),
    DoneForm: lambda _, sent: DoneForm(sent),
    OneButtonForm: lambda _, sent: OneButtonForm(sent),
    MomentForm: lambda w, sent: MomentForm(sent, zone=w.birchwood.zone, now=w.now),
    TimedForm: lambda w, sent: TimedForm(
        sent, kinds=list(TimedKind), zone=w.birchwood.zone, now=w.now
    ),
    CorrectForm: lambda w, sent: CorrectForm(sent, zone=w.birchwood.zone, now=w.now),
    WithdrawForm: lambda _, sent: WithdrawForm(sent),
    OpenForm: lambda w, sent: OpenForm(sent, clinics=[], today=w.today),
    TrailForm: lambda w, sent: TrailForm(sent, people=[], today=w.today),
    SignInForm: lambda _, sent: SignInForm(HttpRequest(), sent),
    CodeForm: lambda _, sent: CodeForm(sent),
    PasskeyForm: lambda _, sent: PasskeyForm(sent),
    NameForm: lambda _, sent: NameForm(sent),
    ProveForm: lambda _, sent: ProveForm(HttpRequest(), sent),
    ForgottenForm: lambda _, sent: ForgottenForm(sent),
    NewPasswordForm: lambda w, sent: NewPasswordForm(w.wanda, sent),
    PasswordForm: lambda _, sent: PasswordForm(HttpRequest(), sent),
}
BOUND: dict[str, Bound] = {
    **{one.__name__: bound for one, bound in PLACED.items()},
    **{
        f"FactForm-{kind}": lambda w, sent, kind=kind: FactForm(sent, kind=kind, today=w.today)
        for kind in FactKind
    },
}
TRIED_WITH_THE_SESSIONS = {"AnswerForm", "SessionForm", "ShortForm", "NotGivenForm", "FollowUpForm"}
TYPED = ("", "abc", "-1", "4.5", "1.23456", "9" * 40, "1e40", "NaN", "x" * 20_000, "nul\x00", "🙂")


def _forms() -> Iterator[type[forms.Form]]:
    for path in modules():
        if path.startswith("sessions_app/"):
            module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
            for one in vars(module).values():
                is_form = isinstance(one, type) and issubclass(one, forms.Form)
                own = is_form and one.__module__ == module.__name__
                if own and one not in (PlainForm, AskingForm):
                    yield one


def _stock() -> list[re.Pattern[str]]:
    """Return what Django says by itself, its blanks open, from its fields and validators."""
    fields = [one for one in vars(forms.fields).values() if isinstance(one, type)]
    said = [str(words) for one in fields for words in _messages(one)]
    said += [str(one.message) for one in vars(validators).values() if hasattr(one, "message")]
    # Those that count have a form for one and a form for many.
    said += ["Ensure that there are no more", "Ensure this value has at", "Null characters are not"]
    starts = {re.split(r"%\(", words)[0].strip() for words in said}
    return [re.compile(re.escape(start)) for start in starts if len(start) > 5]


def _messages(one: type) -> list[Any]:
    return list(getattr(one, "default_error_messages", {}).values())


STOCK = _stock()


def test_every_form_is_tried_here() -> None:
    assert {one.__name__ for one in _forms()} - TRIED_WITH_THE_SESSIONS == {
        *(one.__name__ for one in PLACED),
        "FactForm",
    }


def test_the_stock_sentences_are_known() -> None:
    class Plain(forms.Form):
        name = forms.CharField()
        count = forms.IntegerField(min_value=4)
        share = forms.DecimalField(max_digits=9)
        short = forms.CharField(max_length=1)
        one = forms.ChoiceField(choices=[("a", "A")])

    sent = {"count": "3", "share": "9" * 10, "short": "x\x00", "one": "b"}
    errors = Plain(sent).errors
    assert len(errors) == 5
    assert all(_stock_in(words) for words in errors.values())


@pytest.mark.parametrize("name", BOUND)
def test_a_form_says_what_is_wrong_in_its_own_words(universe: Universe, name: str) -> None:
    fields = BOUND[name](universe, QueryDict()).fields
    for typed in TYPED:
        sent = QueryDict(mutable=True)
        sent.update(dict.fromkeys(fields, typed))
        form = BOUND[name](universe, sent)
        told = [str(one) for words in form.errors.values() for one in words]
        assert _stock_in(told) == [], typed[:20]
        assert all(one.endswith((".", "?")) for one in told), typed[:20]


def _stock_in(told: list[str]) -> list[str]:
    return [one for one in told if any(stock.search(one) for stock in STOCK)]
