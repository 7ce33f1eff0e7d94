"""Readings on their way to the database: a page waits for none of them (docs/adr/0018).

A thread stores what has gathered, once a second or sooner where it is much. When the process ends
in order (the worker of gunicorn on SIGTERM, a reload, Ctrl-C), what is left is stored first. A
process that is killed outright loses what it was shown in its last second.
"""

import atexit
import logging
import os
import threading
from collections import deque

from django.conf import settings
from django.db import close_old_connections, connection, connections

from sessions_app.reads import actions
from sessions_app.reads.models import ChartRead

PAUSE = 1.0
"""Seconds between two turns."""
MANY = 200
"""So many are stored at once, and do not wait for the next turn."""
MOST = 100_000
"""What a process holds while the database takes nothing; then the oldest go, and are counted."""

log = logging.getLogger(__name__)


class Waiting:
    """What was read in this process and is not stored yet."""

    def __init__(self) -> None:
        self.reads: deque[ChartRead] = deque()
        self._storing = threading.Lock()
        self._some, self._many = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, read: ChartRead) -> None:
        """Take one reading; it is stored within a second or two."""
        self.reads.append(read)
        if len(self.reads) > MOST:
            self.reads.popleft()
            log.error("a reading of a chart was lost: the database takes none")
        if not settings.STORE_READS_IN_BACKGROUND:
            return
        if not self._is_at_work:
            self._begin()
        self._some.set()
        if len(self.reads) >= MANY:
            self._many.set()

    def store(self) -> int:
        """Store all that waits; return how many. What cannot be stored now goes on waiting."""
        stored = 0
        with self._storing:
            while self.reads:
                batch = [self.reads.popleft() for _ in range(min(MANY, len(self.reads)))]
                try:
                    actions.keep(batch)
                except Exception as problem:
                    self.reads.extendleft(reversed(batch))
                    # The error's own words may quote a row.
                    log.error("readings of charts wait: %s", type(problem).__name__)
                    break
                except BaseException:  # the thread ends: another one stores them
                    self.reads.extendleft(reversed(batch))
                    raise
                stored += len(batch)
        return stored

    @property
    def _is_at_work(self) -> bool:
        """Whether the thread lives: one that died is followed by another with the next reading."""
        return self._thread is not None and self._thread.is_alive()

    def _begin(self) -> None:
        with self._storing:
            if not self._is_at_work:
                # A daemon: at the end of the process it is `store_the_rest` that waits for it.
                self._thread = threading.Thread(target=self._go_on, name="reads", daemon=True)
                self._thread.start()

    def _go_on(self) -> None:
        while True:
            self._some.wait()
            self._many.wait(PAUSE)
            self._some.clear()
            self._many.clear()
            try:
                close_old_connections()
                self.store()
                if self.reads:  # the database took none: with a connection of its own, perhaps
                    connection.close()
            except Exception as problem:
                log.error("readings of charts wait: %s", type(problem).__name__)
            if self.reads:
                self._some.set()


here = Waiting()


def store_the_rest() -> None:
    """Store what waits when the process ends.

    What the thread has taken in hand waits no more and is not stored yet: one waits for that too.
    """
    if settings.STORE_READS_IN_BACKGROUND:
        here.store()
        connections.close_all()


def _begin_anew() -> None:
    """A forked process stores what it shows itself; what its parent showed is the parent's."""
    global here
    here = Waiting()


atexit.register(store_the_rest)
os.register_at_fork(after_in_child=_begin_anew)
