"""On the pages of a chart that was opened by emergency access, the person is its reader."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from sessions_app.emergency_access.reading import let_in

Answer = Callable[[HttpRequest], HttpResponse]


class EmergencyReading:
    """Looks at the address once it is known, after the sign-in was asked for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        """Let the person read where the page is one of the chart."""
        if request.user.is_authenticated and request.resolver_match is not None:
            let_in(request, request.resolver_match.view_name, kwargs)
