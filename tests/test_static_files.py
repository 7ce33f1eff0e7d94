"""Addresses of files that are kept are those that Django reckons."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage, staticfiles_storage

from clinic.static_files import HashedFiles, PlainFiles

NAME = "sessions_app/a file.css"


def test_plain_files_lie_where_django_says() -> None:
    kept = PlainFiles()
    assert [kept.url(NAME), kept.url(NAME)] == [StaticFilesStorage().url(NAME)] * 2
    assert kept.url("b.js") == f"/{settings.STATIC_URL.strip('/')}/b.js"


def test_the_product_keeps_them() -> None:
    assert isinstance(
        staticfiles_storage, PlainFiles if settings.WHITENOISE_USE_FINDERS else HashedFiles
    )


def test_hashed_files_lie_where_the_list_says_and_what_it_lacks_is_an_error(tmp_path: Path) -> None:
    told = {"version": "1.1", "hash": "", "paths": {"a.css": "a.123.css"}}
    (tmp_path / "staticfiles.json").write_text(json.dumps(told))
    kept = HashedFiles(location=tmp_path, base_url="/static/")
    assert [kept.url("a.css"), kept.url("a.css")] == ["/static/a.123.css"] * 2
    for _ in range(2):
        with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
            kept.url("b.css")
