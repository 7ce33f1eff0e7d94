"""The product's settings as they are served to the journeys: production's, with a fast hash.

Whoever signs in waits for the hash, and so do the sixteen people of the world. The demonstration's
accounts (test_demo.py) sign in with the real one.
"""

from clinic.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
