"""How values, facts and suppositions are said to a reader, in both languages."""
