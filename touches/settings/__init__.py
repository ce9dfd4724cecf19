"""What `touches.toml` says, as frozen, checked values; each module is imported by its own name."""
