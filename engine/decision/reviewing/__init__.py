"""Past decisions held against what was lawful on their day."""
