"""Pages about people and organizations: each view finds, calls one service, shows."""
