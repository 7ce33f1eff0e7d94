"""What changed: tables of examples and properties; no database."""
