"""What a family is entitled to, over years."""
