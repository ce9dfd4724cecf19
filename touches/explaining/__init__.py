"""Answers to "why": past, present and next of everything that concerns one lead. Reads and decides; writes nothing."""
