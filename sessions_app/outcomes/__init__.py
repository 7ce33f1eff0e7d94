"""What changed? Plain Python: no Django, no clock, no settings; dates are arguments."""
