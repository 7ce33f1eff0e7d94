"""A patient on a protocol and arm, from a date."""
