"""What would turn a result: smallest sets of changes, found by reasons and proved."""
