"""Worlds of a case: what is unknown or open to choice has a value in each."""
