"""Protocols: definitions as data, and their publication."""
