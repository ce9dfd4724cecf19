"""Who has gone quiet: when a silence becomes a lapse, and the watch that finds it in time."""
