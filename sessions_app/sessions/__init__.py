"""Massage and simple-touch sessions: planned, started, given, not given."""
