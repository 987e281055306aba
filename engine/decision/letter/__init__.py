"""Letters: decisions and reviews written out for the party, the caseworker and the lawyer."""
