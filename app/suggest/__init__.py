"""A report's suggestions: commitments with their targets, deadlines and owners, each with its span and reason."""

from app.suggest.by_hand import read_value
from app.suggest.engine import ENGINE, suggest
from app.suggest.gold_json import as_gold
from app.suggest.words import warm_up, word_span

__all__ = ["ENGINE", "as_gold", "read_value", "suggest", "warm_up", "word_span"]
