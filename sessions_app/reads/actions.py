"""Keeping what was read. A reading is no event of the audit trail: it changes nothing."""

import logging
from collections.abc import Iterable

from django.db import IntegrityError, connection

from sessions_app.reads.models import ChartRead
from sessions_app.storing import store_alone

log = logging.getLogger(__name__)


def keep(reads: Iterable[ChartRead]) -> None:
    """Store readings, all at once; what no longer has its patient or its reader is left out."""
    reads = list(reads)
    try:
        store_alone(reads)
    except IntegrityError:
        if connection.in_atomic_block:
            raise
        for one in reads:
            _keep_one(one)


def _keep_one(read: ChartRead) -> None:
    try:
        store_alone([read])
    except IntegrityError:
        log.error("a reading of %s was refused by the database", read.page)
