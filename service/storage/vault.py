"""Encryption at rest: one data key per case, wrapped by the master key (AES-256-GCM).

Every sealed value is ``version (1 byte) | nonce (12) | ciphertext and tag``; the plaintext is
zstd-compressed. The purpose of a value ("state", "draft", …) and the case it belongs to are
authenticated, so that no value can be moved to another place. Destroying the wrapped key
erases all values of the case, in backups too.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from service.domain.errors import Misconfigured

_VERSION = b"\x01"
_NONCE = 12
_MAX_PLAIN = 64 * 1024 * 1024


class Vault:
    """Makes and opens sealed values. Safe to share between threads."""

    def __init__(self, master_key: bytes) -> None:
        """``master_key`` is 32 random bytes."""
        if len(master_key) != 32:
            raise Misconfigured("MELDROUTE_MASTER_KEY moet 32 bytes zijn (64 hexadecimale tekens).")
        self._wrapping = AESGCM(_derive(master_key, b"case keys"))
        self._reporters = AESGCM(_derive(master_key, b"reporters"))
        self._digests = _derive(master_key, b"digests")

    def new_case_key(self, instance_id: UUID) -> bytes:
        """A fresh data key for a case, wrapped."""
        return _seal(self._wrapping, AESGCM.generate_key(256), b"key:" + instance_id.bytes)

    def case(self, instance_id: UUID, wrapped_key: bytes) -> "CaseVault":
        """The vault of one case."""
        key = _open(self._wrapping, wrapped_key, b"key:" + instance_id.bytes)
        return CaseVault(cipher=AESGCM(key), instance_id=instance_id)

    def seal_reporter(self, instance_id: UUID, contact: dict[str, Any]) -> bytes:
        """The reporter's contact data, under the key of the melderkluis."""
        return _seal(self._reporters, _pack(contact), b"reporter:" + instance_id.bytes)

    def open_reporter(self, instance_id: UUID, sealed: bytes) -> dict[str, Any]:
        """What ``seal_reporter`` sealed."""
        contact: dict[str, Any] = _unpack(
            _open(self._reporters, sealed, b"reporter:" + instance_id.bytes)
        )
        return contact

    def digest(self, purpose: str, secret: str) -> bytes:
        """A keyed digest (32 bytes), to recognise a code or token without keeping it."""
        return hmac.digest(self._digests, f"{purpose}:{secret}".encode(), "sha256")


@dataclass(frozen=True, kw_only=True)
class CaseVault:
    """Seals and opens the values of one case."""

    cipher: AESGCM
    instance_id: UUID

    def seal(self, purpose: str, plain: bytes) -> bytes:
        """``plain``, compressed and encrypted."""
        return _seal(self.cipher, _compress(plain), self._bound_to(purpose))

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """What ``seal`` sealed for the same purpose."""
        return _decompress(_open(self.cipher, sealed, self._bound_to(purpose)))

    def seal_json(self, purpose: str, value: Any) -> bytes:
        """A JSON value, sealed."""
        return _seal(self.cipher, _pack(value), self._bound_to(purpose))

    def open_json(self, purpose: str, sealed: bytes) -> Any:
        """What ``seal_json`` sealed for the same purpose."""
        return _unpack(_open(self.cipher, sealed, self._bound_to(purpose)))

    def _bound_to(self, purpose: str) -> bytes:
        return purpose.encode() + b":" + self.instance_id.bytes


def chain(previous: bytes, *parts: bytes) -> bytes:
    """The next hash (SHA-256) of a chain; each part is preceded by its length."""
    digest = hashlib.sha256(previous)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def _derive(master_key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"meldroute " + purpose).derive(
        master_key
    )


def _seal(cipher: AESGCM, plain: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + cipher.encrypt(nonce, plain, _VERSION + bound_to)


def _open(cipher: AESGCM, sealed: bytes, bound_to: bytes) -> bytes:
    version, nonce, secret = sealed[:1], sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return cipher.decrypt(nonce, secret, version + bound_to)
    except (InvalidTag, ValueError) as error:
        raise Misconfigured(
            "Een opgeslagen waarde kan niet worden ontsleuteld: MELDROUTE_MASTER_KEY hoort niet "
            "bij deze database, of de waarde is veranderd."
        ) from error


def _compress(plain: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(plain)


def _decompress(packed: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompress(packed, max_output_size=_MAX_PLAIN)


def _pack(value: Any) -> bytes:
    return _compress(orjson.dumps(value))


def _unpack(packed: bytes) -> Any:
    return orjson.loads(_decompress(packed))
