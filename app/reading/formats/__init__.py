"""Files that are no plain text (Word, PDF, web pages, OFD): each becomes one linear text with a map to its places.

The text follows the conventions that plain-text reports have anyway (see `linear.py`), so that tidying, outline and
suggestions need not know where it came from.
"""
