"""Template filters that format one value; they ask the database nothing."""
