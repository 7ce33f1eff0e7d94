"""The product's settings, on plain HTTP and with a fast password hash."""

import os

os.environ.setdefault("STILLHAND_HTTPS", "0")
os.environ.setdefault(
    "STILLHAND_SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
)
os.environ.setdefault("STILLHAND_REQUESTS_A_MINUTE", "0")
os.environ.setdefault("STILLHAND_ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")

from clinic.settings import *  # noqa: F403

# Tests are rolled back: what another connection stores would outlive them.
STORE_READS_IN_BACKGROUND = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
