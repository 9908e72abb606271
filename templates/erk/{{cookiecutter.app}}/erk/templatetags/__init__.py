"""Template tags of E-RK."""
