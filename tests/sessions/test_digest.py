"""The digest of a form: the same words give the same, anything else something else."""

from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.sessions.digest import digest_of

FORMS = st.dictionaries(
    st.text(min_size=1, max_size=8).filter(lambda name: name != "csrfmiddlewaretoken"),
    st.lists(st.text(max_size=8), min_size=1, max_size=3),
    max_size=5,
)


def sent(form: dict[str, list[str]], path: str = "/here/") -> HttpRequest:
    return RequestFactory().post(path, form)


@given(form=FORMS)
def test_the_order_of_the_fields_and_the_token_do_not_matter(form: dict[str, list[str]]) -> None:
    turned = dict(reversed(form.items()))
    token = {"csrfmiddlewaretoken": ["another each time"]}
    assert digest_of(sent(form)) == digest_of(sent({**token, **turned}))


@given(one=FORMS, other=FORMS)
def test_two_forms_have_the_same_digest_only_when_they_say_the_same(
    one: dict[str, list[str]], other: dict[str, list[str]]
) -> None:
    first, second = sent(one), sent(other)
    same = dict(first.POST.lists()) == dict(second.POST.lists())
    assert (digest_of(first) == digest_of(second)) is same


def test_the_order_of_several_values_matters_no_less_than_the_values() -> None:
    forms = [{"sites": ["a", "b"]}, {"sites": ["a"]}, {"sites": ["ab"]}, {"sites": ["b", "a"]}]
    assert len({digest_of(sent(form)) for form in forms}) == 4


def test_the_same_words_at_another_address_are_another_form() -> None:
    assert digest_of(sent({"a": ["1"]})) != digest_of(sent({"a": ["1"]}, "/there/"))


def test_a_digest_fits_its_column() -> None:
    assert len(digest_of(sent({"a": ["1" * 10_000]}))) == 64
