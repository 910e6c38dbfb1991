"""Speed as ratios to a yardstick of the same run. `.venv/bin/python -m bench.run` writes docs/performance.md."""
