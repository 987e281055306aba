"""What is still possible, and what to ask next."""
