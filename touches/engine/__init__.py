"""Puts decisions into effect: loads what they need, carries them out, records what came of it."""
