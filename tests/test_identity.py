"""The keys of rows: unique, valid, in the order of time."""

import uuid
from unittest.mock import patch

from sessions_app.identity import NETWORK, uuid7


def test_an_identity_is_a_version_7_uuid_of_the_rfc_variant() -> None:
    made = [uuid7() for _ in range(200)]
    assert {one.version for one in made} == {7}
    assert {one.variant for one in made} == {uuid.RFC_4122}
    assert len(set(made)) == len(made)


def test_an_identity_carries_its_millisecond() -> None:
    with patch("sessions_app.identity.time.time_ns", return_value=1_645_557_742_000 * 1_000_000):
        assert uuid7().hex.startswith("017f22e279b0")  # the example of RFC 9562, A.6


def test_later_identities_sort_later() -> None:
    moments = (0, 1, 2**20, 2**40, 2**48 - 1)
    made = []
    for moment in moments:
        with patch("sessions_app.identity.time.time_ns", return_value=moment * 1_000_000):
            made.append(uuid7())
    assert made == sorted(made)
    assert [str(one) for one in made] == sorted(str(one) for one in made)


def test_the_random_part_fills_its_74_bits() -> None:
    with (
        patch("sessions_app.identity.time.time_ns", return_value=0),
        patch("sessions_app.identity.os.urandom", return_value=b"\xff" * 10),
    ):
        assert str(uuid7()) == "00000000-0000-7fff-bfff-ffffffffffff"


def test_the_networks_identity_is_nobodys() -> None:
    assert NETWORK.int == 0
    assert uuid7() != NETWORK
