"""The profile's schema: one file a section. It is the single source of validation and documents."""
