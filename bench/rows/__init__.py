"""One module a subject; each has `measure() -> list[Row]`. bench/run.py finds them by itself."""
