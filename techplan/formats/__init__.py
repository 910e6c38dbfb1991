"""How dates are written here; see Django's format localization."""
