"""What changed, for supervisors: numbers first, each with its count."""
