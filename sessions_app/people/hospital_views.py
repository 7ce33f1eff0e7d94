"""To the hospital's own sign-in and back."""

from types import ModuleType

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sessions_app.people import entrance
from sessions_app.people.forms import SignInForm
from sessions_app.people.means import Means
from sessions_app.people.views import show

NOT_REACHED = "{name} cannot be reached now. Try again in a moment, or sign in with your password."
NOT_IN = (
    "{name} did not let you in here. Either it did not confirm your e-mail address, or nobody "
    "here has that address. Ask an admin of your clinic to add you."
)


@login_not_required
@never_cache
@require_safe
def to_hospital(request: HttpRequest) -> HttpResponse:
    """Lead to the hospital's sign-in page."""
    hospital = _where_it_is_set_up()
    wanted = entrance.own_page(request, request.GET.get("next", ""))
    try:
        answer: HttpResponse = hospital.ask(request, wanted)
    except hospital.NotConfirmed:
        return _told(request, NOT_REACHED, status=502)
    return answer


@login_not_required
@never_cache
@require_safe
def from_hospital(request: HttpRequest) -> HttpResponse:
    """Take what the hospital says of the person; go on as after any first step."""
    hospital = _where_it_is_set_up()
    try:
        who = hospital.confirmed(request)
    except hospital.NotConfirmed:
        return _told(request, NOT_IN, status=403)
    if who.saw_second_factor:
        return entrance.let_in(
            request, who.user, means=Means.HOSPITAL, wanted=who.wanted, strong=True
        )
    return entrance.after_first_step(request, who.user, means=Means.HOSPITAL, wanted=who.wanted)


def _where_it_is_set_up() -> ModuleType:
    """Return what speaks to the hospital: slow to import, and most clinics have none."""
    if settings.HOSPITAL_SIGN_IN is None:
        raise Http404
    from sessions_app.people import hospital

    return hospital


def _told(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    name = (settings.HOSPITAL_SIGN_IN or {}).get("name", "")
    told = problem.format(name=name)
    return show(request, SignInForm(request), status=status, problem=told)
