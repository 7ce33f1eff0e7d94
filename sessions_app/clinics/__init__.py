"""Clinics, who belongs to them in which role, and what a role may do."""
