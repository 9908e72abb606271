"""Pure rules of hibah and bansos: facts in, answers out. No database, no clock, no region read here."""
