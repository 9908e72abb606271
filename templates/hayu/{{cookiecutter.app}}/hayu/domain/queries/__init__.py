"""Reading only."""
