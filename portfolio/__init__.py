"""Many organisations at once: the desk, the funder's list and the demonstration."""
