"""How a message leaves and how answers come back. Knows nothing of policies, of the engine or of the database."""
