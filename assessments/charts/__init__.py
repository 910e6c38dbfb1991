"""The pictures of pages and reports: values and words in, one SVG string out. Plain Python, no framework.

Every picture is a frozen value with a `title`, a `desc` (its main figures in words) and a method
``draw(width, points=None)``. `width` is the view box: WIDE (720) for a wide page and for paper, NARROW
(324) for a small screen and for half a sheet. With `points` the picture is for paper: so many points
wide, with its colours as attributes and a texture that reads in grey; without, it has classes, and the
stylesheet of the page colours it. Words come in translated and numbers come in formatted, so a picture
knows no language. All text is escaped.
"""

from assessments.charts.bars import Ages, CostYear, CostYears, GapBars, GapRow
from assessments.charts.levels import (
    HeatCell,
    HeatMap,
    Mosaic,
    ScaleKey,
    Strip,
    level_of,
)
from assessments.charts.pen import NARROW, WIDE, Picture
from assessments.charts.plans import Frontier, FrontierStep, Quarter, Roadmap, RoadRow

__all__ = [
    "NARROW",
    "WIDE",
    "Ages",
    "CostYear",
    "CostYears",
    "Frontier",
    "FrontierStep",
    "GapBars",
    "GapRow",
    "HeatCell",
    "HeatMap",
    "Mosaic",
    "Picture",
    "Quarter",
    "RoadRow",
    "Roadmap",
    "ScaleKey",
    "Strip",
    "level_of",
]
