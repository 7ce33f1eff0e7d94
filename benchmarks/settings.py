"""The product's settings on plain HTTP, with the benchmark's own «hello» page beside its pages."""

import os

os.environ.setdefault("STILLHAND_HTTPS", "0")
os.environ.setdefault("STILLHAND_SECRET_KEY", "only-for-benchmarks-0123456789-abcdefghijklmnopqrst")
os.environ.setdefault("STILLHAND_REQUESTS_A_MINUTE", "0")
os.environ.setdefault("STILLHAND_ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")

from clinic.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
