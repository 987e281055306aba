"""Which rules apply: clauses, a direct evaluator, and a Rete network held against it."""
