"""What changes and what reads: the only place that writes."""
