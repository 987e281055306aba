"""What a case comes to: the parts of its answer, and the result that is told and sealed."""
