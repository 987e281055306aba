"""Exact values: truth, money, dates and bands."""
