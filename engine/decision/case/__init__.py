"""What a case is, and how it is read: checked against the vocabulary, place by place."""
