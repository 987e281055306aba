"""A rules engine for dated law; it knows no law itself."""
