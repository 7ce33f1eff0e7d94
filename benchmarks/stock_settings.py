"""The benchmark's settings, with who asks for a page read as Django spells it (stock.py)."""

from benchmarks.settings import *  # noqa: F403

SESSION_ENGINE = "benchmarks.stock_engine"
