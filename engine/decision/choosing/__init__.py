"""A choice that the law leaves: made with its reasons, and compared with earlier ones."""
