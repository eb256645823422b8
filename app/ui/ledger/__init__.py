"""台账: the cases of a report, what was reported on them, and what goes out and comes back."""
