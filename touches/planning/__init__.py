"""What happens next to a lead, as pure functions of (policy, history, now) whose results carry their reasons."""
