"""Lane IZIN: applications (state machine B), issued permits (C), their clock, charges and signatures."""
