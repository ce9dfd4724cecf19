"""Days to come, by playing them: load, news that runs out, windows that will be missed. Writes nothing."""
