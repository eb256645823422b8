"""Schema, mapping to the domain, engine, upgrade and migrations of a workspace file."""
