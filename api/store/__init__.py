"""What the service keeps: cases, sealed decisions, choices, and who did what in which order."""
