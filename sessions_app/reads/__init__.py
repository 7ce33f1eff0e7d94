"""Who looked at a patient's chart: every page of it that was shown, append-only."""
