"""What comes in and goes out: forms, filters, tables."""
