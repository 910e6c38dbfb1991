"""How a document becomes a file. `pdf` is the one door to WeasyPrint; `context` gathers what a template shows."""
