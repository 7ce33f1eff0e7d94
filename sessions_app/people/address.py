"""From where a request comes."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest | None) -> str:
    """Return the address that asks; empty where there is none (a socket file, a command).

    Behind a proxy of ours it is the last hop that X-Forwarded-For names: that one the proxy wrote
    itself, all before it anybody may have written.
    """
    if request is None:
        return ""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """Return what belongs to one subscriber: an IPv4 address, the first 64 bits of an IPv6 one."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv6Address):
        if read.ipv4_mapped:
            return str(read.ipv4_mapped)
        return str(ipaddress.ip_network((read, 64), strict=False))
    return str(read)
