"""Onto servers: what a host is, what it should be, what differs, and how Ansible is told to change exactly that."""
