"""Template tags: how a value is written on a page. No clinical rule lives here."""
