"""Putting the apps where they run: state on disk, running Ansible, starting and stopping processes."""
