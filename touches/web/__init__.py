"""The web pages: opt-out, preferences and complaints of leads, callbacks of providers, the dashboard of managers."""
