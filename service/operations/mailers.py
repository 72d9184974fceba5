"""Ways in which a mail leaves: over SMTP, or into the log of a demo."""

import logging
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from service.operations.mail import Mail

_LOG = logging.getLogger("meldroute.mail")
_TIMEOUT = 20


class SmtpMailer:
    """Sends through a mail server, always encrypted unless it is on this machine."""

    def __init__(self, url: str, *, sender: str) -> None:
        """``url`` is ``smtp://user:password@host:587`` (STARTTLS) or ``smtps://…:465``."""
        self._url = urlsplit(url)
        self._sender = sender

    def send(self, mail: Mail) -> None:
        """Hands one mail to the server; raises OSError when that fails."""
        message = EmailMessage()
        message["From"], message["To"] = self._sender, mail.recipient
        message["Subject"] = mail.subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="meldroute")
        message.set_content(mail.body)
        with self._connected() as server:
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        host, context = self._url.hostname or "localhost", ssl.create_default_context()
        if self._url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._url.port or 465, timeout=_TIMEOUT, context=context
            )
        else:
            server = smtplib.SMTP(host, self._url.port or 587, timeout=_TIMEOUT)
            if host not in ("localhost", "127.0.0.1", "::1"):
                server.starttls(context=context)
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))
        return server


class LogMailer:
    """Shows in the log that a mail would leave; for a demo without a mail server."""

    def send(self, mail: Mail) -> None:
        """Logs recipient and subject."""
        recipient = "melder" if mail.confidential else mail.recipient
        _LOG.info("mail", extra={"recipient": recipient, "subject": mail.subject})
