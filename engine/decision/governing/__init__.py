"""Which law governs: the law as it was loaded, and what connecting rules choose of it."""
