"""Many entities assessed at once."""
