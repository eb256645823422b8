"""复核: two layers side by side, their differences and what a reviewer decides. Made when first shown."""
