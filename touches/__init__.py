"""The domain and the engine: who is followed up, what is due, what was told, what comes next."""
