"""A mail server that only remembers what it was given, to count what really left."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Mailbox(socketserver.ThreadingTCPServer):
    """Every accepted mail, as text, in the order of arrival."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[str] = []

    @property
    def url(self) -> str:
        """The setting that points to this mailbox."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        try:
            self._converse()
        except ConnectionError:
            return  # the sender was killed: nothing was accepted

    def _converse(self) -> None:
        self._say("220 mailbox")
        for line in self.rfile:
            word = line.strip().upper()
            if word == b"DATA":
                self._say("354 go on")
                self.server.mails.append(self._data())
            elif word == b"QUIT":
                self._say("221 bye")
                return
            self._say("250 ok")

    def _data(self) -> str:
        lines: list[bytes] = []
        for line in self.rfile:
            if line.strip() == b".":
                return b"".join(lines).decode()
            lines.append(line)
        raise ConnectionError("The mail was broken off.")

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mailbox that answers for the time of the block."""
    with Mailbox() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.1,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
