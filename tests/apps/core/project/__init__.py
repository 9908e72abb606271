"""The smallest app on the core: what the core's own tests run in."""
