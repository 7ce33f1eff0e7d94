"""The safety rules: tables of examples and properties; no database."""
