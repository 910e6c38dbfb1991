"""Forms: each reads what a person types and says in a sentence what does not fit."""
