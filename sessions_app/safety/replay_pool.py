"""A long replay on several processors, with no more in memory than they are working on."""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import groupby
from multiprocessing import get_context
from operator import itemgetter

from sessions_app.safety.replay import Settings, Tally, Written, replay

PARCEL = 400
"""About how many receipts go to a process at once."""
AHEAD = 2
"""How many parcels wait for each process, so that none stands idle."""


def replay_on(workers: int, rows: Iterable[Written], settings: Settings) -> Tally:
    """Count over stored receipts on so many processors; on one without another process."""
    if workers < 2:
        return replay(rows, settings)
    tally = Tally()
    # Started afresh, not forked: a process of its own knows no database connection of this one.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running: set[Future[Tally]] = set()
        for parcel in _parcels(rows):
            running.add(pool.submit(replay, parcel, settings))
            if len(running) >= workers * AHEAD:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                _collect(tally, done)
        _collect(tally, running)
    return tally


def _collect(tally: Tally, done: Iterable[Future[Tally]]) -> None:
    for one in done:
        tally.add(one.result())


def _parcels(rows: Iterable[Written]) -> Iterator[list[Written]]:
    """Cut the rows into parcels; all receipts of a session are in one."""
    parcel: list[Written] = []
    for _, same in groupby(rows, key=itemgetter(0)):
        parcel += same
        if len(parcel) >= PARCEL:
            yield parcel
            parcel = []
    if parcel:
        yield parcel
