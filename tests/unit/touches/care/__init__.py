"""Tests of the pure decisions about people's work."""
