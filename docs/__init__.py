"""Pages for readers, and the command that writes those that are generated."""
