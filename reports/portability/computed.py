"""What the rows come to: levels, scores, strengths, candidates, costs. Fractions are texts ("7/3"), cents whole."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from assessments.models import Assessment
from assessments.selectors.results import result_of
from planning.models import Plan
from planning.selectors import work_of


def of_assessment(assessment: Assessment) -> dict[str, Any]:
    """Return levels, ranges, targets and gaps of every question and cell, and the means."""
    result = result_of(assessment)
    return {
        "cells": {cell.key: plain(cell, without={"questions", "area", "quality"}) for cell in result.cells},
        "questions": {
            question.key: plain(question, without={"key", "area", "quality", "challenges"})
            for question in result.questions
        },
        "areas": plain(result.areas),
        "qualities": plain(result.qualities),
        "overall": plain(result.overall),
    }


def plain(value: Any, *, without: frozenset[str] | set[str] = frozenset()) -> Any:
    """Return a core value as JSON values: dataclasses as objects, fractions and days as texts, sets sorted."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value) if one.name not in without}
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(key): plain(one) for key, one in sorted(value.items(), key=lambda pair: str(pair[0]))}
    if isinstance(value, set | frozenset):
        return sorted(plain(one) for one in value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def of_plan(plan: Plan) -> dict[str, Any]:
    """Return strengths with their contributions, candidates, and what the chosen actions cost by year."""
    work = work_of(plan)
    findings, costs = work.situation.findings, work.costs
    return {
        "challenges": [
            {
                **plain(found, without={"contributions"}),
                "contributions": [
                    {**plain(part), "amount": str(part.amount)} for part in found.contributions
                ],
            }
            for found in findings.challenges
        ],
        "candidates": {
            key: {
                "why": found.why.value if found.why else None,
                "gain": str(found.gain),
                "hours": str(found.hours),
                "challenges": sorted(found.challenges),
                "cells": sorted(found.cells),
            }
            for key, found in work.candidates.open.items()
        },
        "chosen": list(work.chosen),
        "costs": {
            "one_time": plain(costs.one_time),
            "yearly": plain(costs.yearly),
            "by_year": plain(costs.by_year),
            "by_category": plain(costs.by_category),
            "total": plain(costs.total),
        },
    }
