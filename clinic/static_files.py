"""Where a page's files lie: an address is reckoned once for each process, not for each icon."""

from functools import cached_property
from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class _AddressesKept:
    """Keeps the addresses that were asked for; which there are is known from the start."""

    @cached_property
    def _addresses(self) -> dict[str | None, str]:
        return {}

    def url(self, name: str | None, *more: Any, **told: Any) -> str:
        """Return a file's address."""
        if more or told:
            return str(super().url(name, *more, **told))  # type: ignore[misc]
        if name not in self._addresses:
            self._addresses[name] = super().url(name)  # type: ignore[misc]
        return self._addresses[name]


class PlainFiles(_AddressesKept, StaticFilesStorage):
    """Files as they lie in the source tree."""


class HashedFiles(_AddressesKept, CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Files with a hash in their names, as `collectstatic` has left them."""
