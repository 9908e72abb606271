"""What the three apps share: accounts, roles, audit, region settings, files, notifications, base pages."""
