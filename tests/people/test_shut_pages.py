"""allauth brings pages for signing up, e-mail addresses and more: none of them has an address."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse


def names(items: list[URLPattern | URLResolver]) -> Iterator[str]:
    for item in items:
        if isinstance(item, URLResolver):
            yield from names(item.url_patterns)
        elif item.name:
            yield item.name


def allauths_own() -> list[str]:
    return sorted(set(names(get_resolver("allauth.urls").url_patterns)))


def test_allauth_has_pages_that_could_be_open() -> None:
    assert {"account_signup", "account_login", "account_email", "mfa_index"} <= set(allauths_own())


@pytest.mark.parametrize("name", allauths_own())
def test_no_page_of_allauth_has_an_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path",
    ["/accounts/", "/accounts/signup/", "/accounts/login/", "/signup/", "/login/", "/email/",
     "/2fa/", "/accounts/2fa/", "/social/signup/", "/password/reset/", "/accounts/3rdparty/"],
)  # fmt: skip
def test_the_usual_addresses_of_such_pages_lead_nowhere(path: str, db: None) -> None:
    assert Client().get(path).status_code == 404
