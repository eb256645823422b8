"""What a new workspace starts with: sample report, unit directory, tag scheme."""
