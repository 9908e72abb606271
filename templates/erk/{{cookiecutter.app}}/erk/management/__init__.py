"""Commands of E-RK."""
