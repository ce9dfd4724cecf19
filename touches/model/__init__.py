"""The words of the domain as values: frozen, compared by content, free of any database."""
