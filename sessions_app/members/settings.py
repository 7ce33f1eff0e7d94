"""Which columns of a clinic are settings that an admin may change."""

SETTINGS = (
    "name", "time_zone", "emergency_text", "emergency_number", "retention_years", "sign_off",
    "idle_minutes", "second_factor_roles",
)  # fmt: skip
"""The slug stands in addresses of figures, and stays."""
