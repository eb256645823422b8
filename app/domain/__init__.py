"""What a report, span, task, tag, suggestion and ledger row is, and the rules on them. Standard library only."""
