"""Sums kept beside the rows, so that many clinics are read at once; exact at every moment."""
