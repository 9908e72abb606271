"""Region profiles: schema, official data, loading with line numbers, checking, resolving."""
