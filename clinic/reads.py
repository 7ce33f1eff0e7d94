"""Who looked at which chart is noted once the page is made."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sessions_app.reads.noting import note

Answer = Callable[[HttpRequest], HttpResponse]


def noted_reads(get_response: Answer) -> Answer:
    """Note a reading for each answer that shows a page of somebody's chart."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        note(request, response)
        return response

    return middleware
