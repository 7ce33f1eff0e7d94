"""Emergency access: another clinic's chart, read for an hour, with a reason and on record."""
