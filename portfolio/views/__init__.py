"""Pages across organizations: the desk, a funder's list, and the end of the demonstration."""
