"""Configuration of the style page's project."""
