"""Zones, local time, open hours, working days, windows, lateness and caps: pure functions of values."""
