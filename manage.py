#!/usr/bin/env python3
"""The command line of Stillhand.

Two commands need nothing but Python and prepare everything else themselves:

    python3 manage.py demo      a clinic with invented patients, to try in the browser
    python3 manage.py verify    lint, types, import contracts and all tests

Every other command is Django's own. This file is read by any Python 3, so that an old one
gets a sentence instead of a syntax error.
"""

import os
import sys


def main() -> None:
    """Check the Python, enter the prepared environment where one is needed, run the command."""
    if sys.version_info < (3, 11):
        sys.stderr.write(
            "Stillhand needs Python 3.11 or newer, and this is Python %d.%d: "
            "run manage.py with a newer one, for example python3.12 manage.py demo\n"
            % sys.version_info[:2]
        )
        sys.exit(2)

    from clinic import bootstrap

    bootstrap.enter(sys.argv)

    if sys.argv[1:2] == ["verify"]:
        from clinic import verify

        sys.exit(verify.main(sys.argv[2:]))

    if sys.argv[1:2] == ["migrate"] and not {"DATABASE_URL", "DATABASE_URL_FILE"} & {*os.environ}:
        sys.stderr.write("DATABASE_URL is not set: this is the SQLite file, no PostgreSQL.\n")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    from clinic import command_line

    command_line.run(sys.argv)


if __name__ == "__main__":
    main()
