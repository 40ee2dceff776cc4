"""A real browser on a real server of our own pages; no database, because the gallery needs none."""

import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format, *args):
        """The test says what went wrong; the server stays silent."""


@pytest.fixture(scope="session")
def site():
    """The address of our pages, served from a thread of this process."""
    from django.core.wsgi import get_wsgi_application

    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def open_page(chromium, site):
    """Opens a page: width, language, theme; fails the test when the page's script or policy complains."""
    opened, complaints = [], []

    def opener(path, width=1280, lang="vi", scheme="light", scripts=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts,
            locale="vi-VN", service_workers="block",
        )  # fmt: skip
        context.add_cookies([{"name": "django_language", "value": lang, "url": site}])
        page = context.new_page()
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(site + path)
        opened.append(context)
        return page

    yield opener
    for context in opened:
        context.close()
    # an answer that a test makes fail on purpose is told by Chromium too
    assert [one for one in complaints if "status of 503" not in one] == []
