"""What the three apps share on the web side: pages, headers, errors."""
