"""Checking a chain bit by bit: a page goes on from the last link that held."""

import uuid
from datetime import datetime

from sessions_app.audit import chain
from sessions_app.audit.models import ChainCheck

AT_ONCE = 5_000
"""Links that one press of a button looks at: about a second. `check_audit` looks at all."""


def check_on(clinic_id: uuid.UUID, *, at: datetime, most: int = AT_ONCE) -> ChainCheck:
    """Check what was written since the last check, at most so many links, and keep the result.

    A chain that was found broken is looked at from its first row again: it may have been mended,
    and says nothing about itself until it has.
    """
    state = ChainCheck.objects.filter(clinic_id=clinic_id).first()
    since = chain.Link(state.seq, state.hash) if state and not state.fault else chain.START
    last, fault = chain.walk(clinic_id, since, most)
    fault = fault or chain.fault_at_the_end(clinic_id, last)
    state = state or ChainCheck(clinic_id=clinic_id)
    state.seq, state.hash, state.checked_at = last.seq, last.hash, at
    state.fault = f"row {fault.seq}: {fault.what}" if fault else ""
    state.save()
    return state
