"""The language in which rulesets are written: source, expressions, models, checker, rendering."""
