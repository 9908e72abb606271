"""Template tags and filters shared by the three apps."""
