"""What must always be true of a score, as conditions for the database."""

from django.db.models import Q

from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.scales import Scale


def within_scale(value: str) -> Q:
    """Say that a score lies in the range of its scale; an absent score is left to its reason."""
    in_range = Q(**{f"{value}__isnull": True})
    for scale in Scale:
        limits = {f"{value}__gte": scale.minimum, f"{value}__lte": scale.maximum}
        in_range |= Q(scale=scale.value, **limits)
    return in_range


def one_of(field: str, kind: type[Coded], *, blank: bool = False) -> Q:
    """Say that a code is one of the vocabulary's, or empty where it may be."""
    return Q(**{f"{field}__in": [*kind.codes(), *([""] if blank else [])]})


def either(value: str, reason: str) -> Q:
    """Say that a score is there, or the reason why not, or neither yet: never both."""
    return Q(**{f"{value}__isnull": True}) | Q(**{reason: ""})
