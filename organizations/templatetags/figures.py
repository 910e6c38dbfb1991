"""Filters that write one figure in the language of the page: ``{{ score|level }}``, ``{{ time|hours }}``."""

from django import template

from organizations import figures

register = template.Library()
register.filter("level", figures.level)
register.filter("hours", figures.hours)
register.filter("in_percent", lambda number: figures.in_percent(str(number)))
