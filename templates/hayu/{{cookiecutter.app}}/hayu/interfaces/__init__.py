"""Forms, filters and exports: between people and the domain."""
