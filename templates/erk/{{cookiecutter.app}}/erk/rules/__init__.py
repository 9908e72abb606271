"""Pure rules of E-RK: no database, no clock, no region. Values in, values out."""
