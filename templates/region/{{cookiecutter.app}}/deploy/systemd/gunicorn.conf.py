"""gunicorn behind nginx: threads for waiting on the database, processes for the processors."""

import os

_processors = len(os.sched_getaffinity(0))
_gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1_000_000_000

workers = max(1, min(_processors, _gigabytes))
threads = 8
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/tmp"  # noqa: S108 (private to the unit)
forwarded_allow_ips = "*"  # nothing but nginx reaches the socket
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
