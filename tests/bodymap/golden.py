"""Store the drawing of the example anew, after it has been looked at.

python -m tests.bodymap.golden
"""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.bodymap.page import drawn
    from tests.bodymap.test_picture import GOLDEN

    GOLDEN.write_text(f"{drawn()}\n", encoding="utf-8")
