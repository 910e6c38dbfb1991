"""The durable job row, its sweep and the atomic file broker; knows no other app."""
