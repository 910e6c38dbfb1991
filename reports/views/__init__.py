"""Pages: reports and their jobs, sharing, and what a reader with a link sees."""
