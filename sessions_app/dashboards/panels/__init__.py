"""The questions of a clinic's dashboard, a module each: SQL sums in, an answered panel out."""
