"""The interpreter's collector of cycles, set for a program that walks through millions of rows."""

import gc

SELDOM = (20_000, 20, 20)  # new objects until the collector looks, and how often it looks further back


def collect_seldom() -> None:
    """Look for cycles a thirtieth as often as usual: rows and what is made of them have none and go by themselves, and
    a third of a walk through a million enrollments went into looking."""
    gc.set_threshold(*SELDOM)
