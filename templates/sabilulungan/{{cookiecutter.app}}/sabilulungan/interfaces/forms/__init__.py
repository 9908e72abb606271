"""Forms, one file for each group of pages."""
