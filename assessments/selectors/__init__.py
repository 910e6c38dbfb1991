"""Reads: QuerySets scoped to an organization, and rows as core values."""

from assessments.selectors.instruments import instrument_content, published, question_ids, question_keys

__all__ = ["instrument_content", "published", "question_ids", "question_keys"]
