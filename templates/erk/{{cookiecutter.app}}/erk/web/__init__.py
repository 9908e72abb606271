"""Pages of E-RK."""
