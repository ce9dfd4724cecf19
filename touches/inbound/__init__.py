"""What happens when something comes back: whose it is, what follows, and doing it, each thing exactly once."""
