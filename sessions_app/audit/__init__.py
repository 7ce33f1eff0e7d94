"""Who did what, when, to what: append-only, hash-chained for each clinic."""
