"""The HTTP service: it validates, asks the engine, stores and answers."""
