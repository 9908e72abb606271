"""What pages and exports read; nothing here writes."""
