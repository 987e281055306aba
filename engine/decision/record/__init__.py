"""Answers sealed: signed, replayed, verified, redacted."""
