"""The charts: their numbers, their words, their pictures and their place on a page; no database."""
