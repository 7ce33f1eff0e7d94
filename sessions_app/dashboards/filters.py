"""The filters as they stand on the page, laid out once for the same choices and address."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache

from crispy_forms.utils import render_crispy_form

from sessions_app.dashboards.scope_form import ScopeForm

MOST = 32


@dataclass(frozen=True)
class _Filters:
    """A form, known by what it offers and what is chosen."""

    said: Hashable
    form: ScopeForm = field(compare=False)


def filters(form: ScopeForm) -> str:
    """Return a form without mistakes as it stands on the page; it holds no key of its own."""
    known = form.known
    said = (
        tuple((one.slug, one.name) for one in known.clinics),
        *(tuple(known.protocols), tuple(known.arms), known.people, known.wards, known.today),
        tuple((name, tuple(form.data.getlist(name))) for name in form.fields),  # type: ignore[attr-defined]
    )
    return _laid_out(_Filters(said, form))


@lru_cache(maxsize=MOST)
def _laid_out(filters: _Filters) -> str:
    laid_out: str = render_crispy_form(filters.form)
    return laid_out
