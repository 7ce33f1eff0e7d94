"""A colleague's credentials: the admin writes them down, the person sees their own."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.clinics.credentials import needs_credentials, profiles_of, warnings_for
from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, requires
from sessions_app.members.access import role_or_404
from sessions_app.members.profile_actions import WRITTEN, write_profile
from sessions_app.members.profile_forms import ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def write(request: HttpRequest, role_id: uuid.UUID) -> HttpResponse:
    """Write down what the clinic has seen of a member's credentials."""
    role, by = role_or_404(request, role_id)
    profile = profiles_of([role]).get((role.clinic_id, role.user_id))
    now = {name: getattr(profile, name, None) for name in WRITTEN}
    sent = request.POST if request.method == "POST" else None
    form = ProfileForm(sent, initial=now, today=timezone.localdate())
    if form.is_bound and form.is_valid():
        changed = write_profile(role, by=by, **form.cleaned_data)
        messages.success(request, "Saved: the credentials." if changed else "Nothing was changed.")
        return redirect("members:person", role.user_id)
    context = {"form": form, "role": role, "needed": needs_credentials(role)}
    status = 422 if form.is_bound else 200
    return render(request, "members/write_profile.html", context, status=status)


@require_safe
@requires(Permission.VIEW_OWN_CREDENTIALS)
def mine(request: HttpRequest) -> HttpResponse:
    """Show the person's own credentials, as the clinic in which they act has them."""
    role = acting(request)
    profile = profiles_of([role]).get((role.clinic_id, role.user_id))
    context = {
        "role": role,
        "profile": profile,
        "needed": needs_credentials(role),
        "warnings": warnings_for(role, profile, timezone.localdate()),
    }
    return render(request, "members/mine.html", context)
