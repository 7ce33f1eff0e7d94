"""What is to be kept beside the pressure: joints, position, heat, product, duration."""

from collections.abc import Iterable
from dataclasses import dataclass

from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.records import Position, Product

_NOWHERE: frozenset[BodySite] = frozenset()


@dataclass(frozen=True, slots=True)
class Handling:
    """Limits beside the pressure of a site.

    ``still_joints``: no movement, stretch or traction of joints here. ``no_heat`` and
    ``no_product``: neither warmth nor oil or lotion here. ``not_lying``: positions to be avoided.
    ``raise_head``: head and chest raised. ``minutes``: at most so long. ``products``: none but
    these, where set.
    """

    still_joints: frozenset[BodySite] = _NOWHERE
    no_heat: frozenset[BodySite] = _NOWHERE
    no_product: frozenset[BodySite] = _NOWHERE
    not_lying: frozenset[Position] = frozenset()
    raise_head: bool = False
    minutes: int | None = None
    products: frozenset[Product] | None = None

    def __bool__(self) -> bool:
        """Say whether it limits anything."""
        return self != NOTHING


NOTHING = Handling()
"""Nothing is to be kept beside the pressure."""


def together(several: Iterable[Handling]) -> Handling:
    """Return what holds when all of them hold."""
    whole = NOTHING
    for one in several:
        if one is NOTHING:
            continue
        minutes = [m for m in (whole.minutes, one.minutes) if m is not None]
        products = [p for p in (whole.products, one.products) if p is not None]
        whole = Handling(
            still_joints=whole.still_joints | one.still_joints,
            no_heat=whole.no_heat | one.no_heat,
            no_product=whole.no_product | one.no_product,
            not_lying=whole.not_lying | one.not_lying,
            raise_head=whole.raise_head or one.raise_head,
            minutes=min(minutes, default=None),
            products=frozenset.intersection(*products) if products else None,
        )
    return whole
