"""Whether rules are held by scenarios: scenarios as a library, coverage, mutation of rules."""
