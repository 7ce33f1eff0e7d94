"""Patients and the dated clinical facts that the safety rules read."""
