"""Callbacks of providers: signatures checked on the raw request, contents turned into values. No web framework here."""
