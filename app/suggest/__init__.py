"""A report's suggestions: commitments with their targets, deadlines and owners, each with its span and reason."""

from app.suggest.engine import ENGINE, suggest
from app.suggest.gold_json import as_gold
from app.suggest.words import warm_up, word_span

__all__ = ["ENGINE", "as_gold", "suggest", "warm_up", "word_span"]
