"""A person's device that makes and shows passkeys: real keys, real signatures, no browser.

What it answers is what a browser's script sends on; each part of an answer can be made wrong.
"""

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256

ORIGIN, HOST = "http://localhost", "localhost"
PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Device:
    """One passkey of one person."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    user_handle: str = ""
    count: int = 0

    def make(self, options: dict[str, Any], **wrong: Any) -> str:
        """Answer a question to make a passkey."""
        self.user_handle = options["user"]["id"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        length = len(self.credential_id).to_bytes(2, "big")
        attested = bytes(16) + length + self.credential_id + public
        flags = wrong.get("flags", PRESENT | VERIFIED) | WITH_KEY
        seen = self._seen(flags, wrong.get("host", HOST)) + attested
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": seen})
        said = self._said("webauthn.create", options["challenge"], wrong)
        response = {"clientDataJSON": text(said), "attestationObject": text(made)}
        return self._answer(response, {"credProps": {"rk": True}})

    def show(self, options: dict[str, Any], **wrong: Any) -> str:
        """Answer a question to show the passkey."""
        flags = wrong.get("flags", PRESENT | VERIFIED)
        seen = self._seen(flags, wrong.get("host", HOST))
        said = self._said("webauthn.get", options["challenge"], wrong)
        signed = seen + hashlib.sha256(said).digest()
        signature = self.key.sign(wrong.get("signed", signed), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": text(said),
            "authenticatorData": text(seen),
            "signature": text(signature),
            "userHandle": wrong.get("handle", self.user_handle),
        }
        return self._answer(response, {})

    def _seen(self, flags: int, host: str) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _said(self, kind: str, challenge: str, wrong: dict[str, Any]) -> bytes:
        said = {
            "type": wrong.get("type", kind),
            "challenge": wrong.get("challenge", challenge),
            "origin": wrong.get("origin", ORIGIN),
        }
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, str], results: dict[str, Any]) -> str:
        shown = text(self.credential_id)
        told = {"id": shown, "rawId": shown, "type": "public-key"}
        return json.dumps({**told, "response": response, "clientExtensionResults": results})
