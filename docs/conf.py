"""Sphinx settings: Markdown sources, no request to any other host."""

project = "TechPlan"
author = "The TechPlan authors"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "TechPlan"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
