"""From a case to a decision that can be checked line by line."""
