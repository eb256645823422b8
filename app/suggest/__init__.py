"""A report's suggestions: commitments with their targets, deadlines and owners, each with its span and reason."""
