"""The trace of a decision: every rule, condition and step of arithmetic, as a tree."""
