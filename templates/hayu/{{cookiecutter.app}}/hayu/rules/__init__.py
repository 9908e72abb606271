"""Pure rules: no database, no request."""
