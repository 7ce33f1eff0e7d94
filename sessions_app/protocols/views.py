"""Reading protocols: dose, who may give them, criteria, citation, caveat."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sessions_app.clinics.permissions import Permission, requires
from sessions_app.outcomes.published import PUBLISHED
from sessions_app.protocols import registry


@require_safe
@requires(Permission.VIEW_PROTOCOLS)
def protocols(request: HttpRequest) -> HttpResponse:
    """List the newest version of every protocol."""
    newest = {course.protocol.code: course.protocol for course in registry.offered()}
    return render(request, "protocols/protocols.html", {"protocols": newest.values()})


@require_safe
@requires(Permission.VIEW_PROTOCOLS)
def protocol(request: HttpRequest, code: str) -> HttpResponse:
    """Show one protocol with its arms and what the trial printed."""
    found = [course.protocol for course in registry.offered() if course.protocol.code == code]
    if not found:
        raise Http404
    published = [result for result in PUBLISHED if result.protocol == code]
    context = {"protocol": found[0], "published": published}
    return render(request, "protocols/protocol.html", context)
