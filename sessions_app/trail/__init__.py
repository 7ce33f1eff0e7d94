"""The audit trail as supervisors and admins read it: in plain words, filtered, exported."""
