"""Pages of planning: each view finds, calls one service, shows."""
