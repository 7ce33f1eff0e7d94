"""Fixtures of the tests about signing in."""

from tests.people.counting import clock, hashes

__all__ = ["clock", "hashes"]
