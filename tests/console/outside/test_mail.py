"""Mail: handed over whole or not at all, over a checked connection; and what is said of a refusal."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from andon.console.outside import mail
from andon.console.outside.errors import MailRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Post:
    """A mail server's mind: keeps what it takes, and refuses as a test tells it to."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.refuse_recipient = ""
        self.answer = "250 taken"
        self.goodbye = "221 bye"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - as aiosmtpd calls it
        """Take a recipient, or not."""
        if self.refuse_recipient and not address.startswith("good"):
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as aiosmtpd calls it
        """Take the text, or not, or break off."""
        if self.answer == "hang up":
            server.transport.abort()
            return "250 never heard"
        self.taken.append(envelope)
        return self.answer

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802 - as aiosmtpd calls it
        """Say goodbye."""
        return self.goodbye


class Server(Controller):
    """On a port that is free, whichever."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def trust(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's certificate for 127.0.0.1, and the file by which it is trusted."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail of the tests")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
    certificate = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    root, both = tmp_path / "root.pem", tmp_path / "both.pem"
    root.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    both.write_bytes(secret + root.read_bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context, root


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """A server without encryption on this machine."""
    mind = Post()
    controller = Server(mind, hostname="127.0.0.1", port=0)
    controller.start()
    settings.MAIL_URL, settings.MAIL_FROM = f"smtp://127.0.0.1:{controller.port}", "行灯 <desk@unit.example>"
    yield mind
    controller.stop()


def letter(*to: str) -> EmailMessage:
    """A mail in Japanese."""
    message = EmailMessage()
    message["To"] = ", ".join(to or ("abuse@platform.example",))
    message["Subject"] = "投稿の削除依頼"
    message.set_content("下記の投稿の削除をお願いします。")
    return message


def test_sent_whole(post: Post) -> None:
    """With From, Date and Message-ID; in seven bits, so that no server rewrites it; who is blind-copied is not named."""
    message = letter("abuse@platform.example")
    message["Bcc"] = "copy@unit.example"
    sent = mail.send(message)
    taken = post.taken[0]
    assert taken.mail_from == "desk@unit.example"
    assert taken.rcpt_tos == ["abuse@platform.example", "copy@unit.example"]
    assert taken.content.isascii()
    read = message_from_bytes(taken.content, policy=policy.default)
    assert (read["Message-ID"], read["Subject"], read["Bcc"]) == (sent.message_id, "投稿の削除依頼", None)
    assert sent.message_id.endswith("@unit.example>")
    assert "行灯" in read["From"]
    assert read["Date"]
    assert read.get_content().strip() == "下記の投稿の削除をお願いします。"


def test_message_id_of_the_caller_stays(post: Post) -> None:
    """By it an answer or a bounce is known again."""
    message = letter()
    message["Message-ID"] = "<request-7@unit.example>"
    assert mail.send(message).message_id == "<request-7@unit.example>"


@pytest.mark.parametrize(("answer", "permanent"), [("550 no such box", True), ("451 later", False)])
def test_refused_recipient(answer: str, permanent: bool, post: Post) -> None:
    """Whether trying again may help; with one of two recipients refused, nobody gets it."""
    post.refuse_recipient = answer
    with pytest.raises(MailRefused) as caught:
        mail.send(letter("good@platform.example", "gone@platform.example"))
    assert (caught.value.permanent, caught.value.unsure, caught.value.reason) == (permanent, False, "recipient")
    assert post.taken == []


@pytest.mark.parametrize(("answer", "permanent"), [("554 spam", True), ("452 full", False)])
def test_refused_text(answer: str, permanent: bool, post: Post) -> None:
    """The server heard it all and would not have it."""
    post.answer = answer
    with pytest.raises(MailRefused) as caught:
        mail.send(letter())
    assert (caught.value.permanent, caught.value.unsure, caught.value.reason) == (permanent, False, "server")


def test_nobody_knows_when_the_receipt_is_lost(post: Post) -> None:
    """The connection breaks after the text: not sent, not unsent."""
    post.answer = "hang up"
    with pytest.raises(MailRefused) as caught:
        mail.send(letter())
    assert (caught.value.unsure, caught.value.permanent) == (True, False)


def test_a_bad_goodbye_changes_nothing(post: Post) -> None:
    """What was taken was taken, and is not sent a second time because the server was rude afterwards."""
    post.goodbye = "421 go away"
    assert mail.send(letter()).message_id
    assert len(post.taken) == 1


def test_no_server(settings: Any) -> None:
    """None set, none there: nothing was sent, and it may be tried again."""
    settings.MAIL_URL = ""
    with pytest.raises(MailRefused) as caught:
        mail.send(letter())
    assert caught.value.reason == "not_set"
    settings.MAIL_URL, settings.MAIL_FROM = "smtp://127.0.0.1:1", "desk@unit.example"
    with pytest.raises(MailRefused) as caught:
        mail.send(letter())
    assert (caught.value.reason, caught.value.permanent, caught.value.unsure) == ("not_connected", False, False)


@pytest.mark.parametrize("address", ["", "nobody", "a b@c.example", "募集@例え.jp"])
def test_unusable_address(address: str, post: Post) -> None:
    """Is refused here, for good."""
    message = letter()
    del message["To"]
    if address:
        message["To"] = address
    with pytest.raises(MailRefused) as caught:
        mail.send(message)
    assert (caught.value.reason, caught.value.permanent) == ("address", True)
    assert post.taken == []


def _sign_in(_server: Any, _session: Any, _envelope: Any, _how: str, words: LoginPassword) -> AuthResult:
    return AuthResult(success=(words.login, words.password) == (b"desk", b"p@ss"), handled=False)


@pytest.mark.parametrize("trusted", [True, False])
def test_starttls_is_checked(trusted: bool, trust: tuple[ssl.SSLContext, Path], settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name and password go to a server whose certificate is vouched for, and to no other."""
    context, root = trust
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(root))
    mind = Post()
    controller = Server(mind, hostname="127.0.0.1", port=0, tls_context=context, require_starttls=True, authenticator=_sign_in, auth_required=True)
    controller.start()
    try:
        port = controller.port
        settings.MAIL_URL, settings.MAIL_FROM = f"smtp+starttls://desk:p%40ss@127.0.0.1:{port}", "desk@unit.example"
        if trusted:
            mail.send(letter())
            settings.MAIL_URL = f"smtp+starttls://desk:wrong@127.0.0.1:{port}"
        with pytest.raises(MailRefused) as caught:
            mail.send(letter())
        assert caught.value.reason == ("sign_in" if trusted else "not_trusted")
    finally:
        controller.stop()
    assert len(mind.taken) == trusted


def test_no_password_over_an_open_line(post: Post, settings: Any) -> None:
    """Refused before it is said."""
    settings.MAIL_URL = settings.MAIL_URL.replace("smtp://", "smtp://desk:secret@")
    with pytest.raises(MailRefused) as caught:
        mail.send(letter())
    assert caught.value.reason == "bare_password"
    assert post.taken == []


def test_no_second_header_by_a_line_break() -> None:
    """A subject with a line break is refused where it is set."""
    message = EmailMessage()
    with pytest.raises(ValueError, match="linefeed"):
        message["Subject"] = "a\r\nBcc: everyone@x.example"
