"""Forms: what people type, checked, with the layout of the page."""
