"""Reads across organizations; always those that the person may see."""

from portfolio.selectors.demo import demo_organizations, may_remove_demo
from portfolio.selectors.desk import (
    PAGE,
    SORTS,
    DeskPage,
    DeskRow,
    desk_page,
    has_desk,
    has_reading,
    is_area_sort,
)

__all__ = [
    "PAGE",
    "SORTS",
    "DeskPage",
    "DeskRow",
    "demo_organizations",
    "desk_page",
    "has_desk",
    "has_reading",
    "is_area_sort",
    "may_remove_demo",
]
