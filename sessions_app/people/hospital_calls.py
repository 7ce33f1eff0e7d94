"""How the hospital's provider is called: at the addresses that it names itself, and at no other."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class HospitalCalls(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider, or who stands before it, that leads elsewhere is not followed."""

    def get_requests_session(self) -> Any:
        """Return what calls; an answer that leads elsewhere raises requests' TooManyRedirects."""
        calls = super().get_requests_session()
        calls.max_redirects = 0
        return calls
