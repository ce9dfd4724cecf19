"""Plays days ahead over a copy in memory: real decisions, a virtual clock, nothing composed and nothing committed.

The model of time is continuous: every touch leaves at the very instant it is due, in the order of lanes, due times and
planning; a call is put on its owner's list when its day begins and is made at its hour. The engine does the same when
it passes at those instants.
"""
