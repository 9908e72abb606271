"""The replication kit: renders, deploys and hands over a region's three apps."""

__version__ = "0.1.0"
