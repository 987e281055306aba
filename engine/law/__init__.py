"""Which law there is and which version of it governs: vocabulary, registry, statistics."""
