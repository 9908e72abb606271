"""E-RK: civil servants' allowance from approved working minutes, and a true picture of the workload."""
