"""What SQLite is slow to group: read once for a page, and summed here."""
