"""Writes: load the demonstration, and take it away again."""

from portfolio.services.demo import Loaded, SignIn, load_demo, remove_demo, renew_sign_ins
from portfolio.services.sign_ins import forget_sign_ins, keep_sign_ins

__all__ = [
    "Loaded",
    "SignIn",
    "forget_sign_ins",
    "keep_sign_ins",
    "load_demo",
    "remove_demo",
    "renew_sign_ins",
]
