"""Sentences and labels of planning: numbers become words, through gettext, in the page's language."""
