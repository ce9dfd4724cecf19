"""A whole campaign played in a minute: the real engine and channels, a virtual clock, and people made of dice."""
