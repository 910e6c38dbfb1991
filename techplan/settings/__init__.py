"""Settings: base.py is production, whole, read from the environment; dev.py and test.py relax it."""
