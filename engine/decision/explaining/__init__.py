"""Why and why not, and what makes two answers differ."""
