"""How gunicorn serves, in both modes: HOST, PORT, WEB_CONCURRENCY and WEB_THREADS can be set."""

import logging
import os

from techplan.logs import HideSecrets

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Load the code once and share its memory.
preload_app = True
timeout = 60
graceful_timeout = 4
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
control_socket_disable = True

# Its own log of errors names paths; so does a log of requests, should somebody ask for one.
for _name in ("gunicorn.error", "gunicorn.access"):
    logging.getLogger(_name).addFilter(HideSecrets())
