"""What is to be kept beside the pressure: joints, position, heat, product, duration."""

from collections.abc import Iterable
from typing import NamedTuple

from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.records import Position, Product

_NOWHERE: frozenset[BodySite] = frozenset()


class Handling(NamedTuple):
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
    kept = [one for one in several if one is not NOTHING]
    products = [one.products for one in kept if one.products is not None]
    return Handling(
        still_joints=_NOWHERE.union(*[one.still_joints for one in kept]),
        no_heat=_NOWHERE.union(*[one.no_heat for one in kept]),
        no_product=_NOWHERE.union(*[one.no_product for one in kept]),
        not_lying=frozenset[Position]().union(*[one.not_lying for one in kept]),
        raise_head=any(one.raise_head for one in kept),
        minutes=min([one.minutes for one in kept if one.minutes is not None], default=None),
        products=frozenset.intersection(*products) if products else None,
    )
