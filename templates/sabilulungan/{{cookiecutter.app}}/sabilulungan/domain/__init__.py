"""What may be done and read: every write of the app goes through here."""
