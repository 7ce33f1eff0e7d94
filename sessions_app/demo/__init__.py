"""The demonstration clinics: invented people, drawn by a seed, written through the actions."""
