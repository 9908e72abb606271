"""Open data of E-RK: public aggregates, read-only."""
