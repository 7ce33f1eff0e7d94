"""What must always be true of a clinical fact's value, as conditions for the database."""

from decimal import Decimal

from django.db.models import Q

from sessions_app.vocabulary.conditions import FactKind

MEASURED = tuple(kind for kind in FactKind if kind.unit_choices)


def unit_fits_kind() -> Q:
    """Say that a measurement has a unit of its kind, and that nothing else has a unit.

    A measurement without a value says nothing, and is passed over by the rules.
    """
    fits = Q(unit="") & (Q(value__isnull=True) | ~Q(kind__in=[kind.value for kind in MEASURED]))
    for kind in MEASURED:
        units = [unit.value for unit in kind.unit_choices]
        fits |= Q(kind=kind.value, value__isnull=False, unit__in=units)
    return fits


def value_can_be_believed() -> Q:
    """Say that no measurement is beyond what can be, in whichever unit: a slip would tell lies."""
    believed = Q()
    for kind in MEASURED:
        for unit in kind.unit_choices:
            other = ~Q(kind=kind.value) | ~Q(unit=unit.value) | Q(value__isnull=True)
            within = {
                "value__gte": _rounded(kind.recorded.least_in(unit)),
                "value__lte": _rounded(kind.recorded.most_in(unit)),
            }
            believed &= other | Q(**within)
    return believed


def _rounded(value: Decimal) -> Decimal:
    """Return a bound with the three places that the column has."""
    return value.quantize(Decimal("0.001"))
