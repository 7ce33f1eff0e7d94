"""Making a page without looking for garbage meanwhile.

A summary makes tens of thousands of small things that live as long as the page. Again and again
they would have Python look through all that the process holds, for circles that nobody needs;
what is in no circle is given back at once in any case.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def in_one_go() -> Iterator[None]:
    """Put off looking for garbage; where two pages are made at once, until the first is done."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()
