"""A small hospital sign-in that really runs: discovery, keys, authorisation code with PKCE.

It listens on loopback in a thread of its own. Everybody who comes is signed in as `person`; what
it says of them, and how it signs, can be made wrong.
"""

import base64
import contextlib
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from functools import cache
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, NAME = "stillhand", "the client's secret", "Birchwood Hospital"


@cache
def key_named(name: str) -> rsa.RSAPrivateKey:
    """Return a key, made when it is first asked for: each takes a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """The provider, and what it is to say."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.claims: dict[str, Any] = {}
        self.config: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.key: Any = key_named("one")
        self.header: dict[str, Any] = {"kid": "one"}
        self.algorithm = "RS256"
        self.codes: dict[str, dict[str, str]] = {}
        self.refused: list[str] = []

    @property
    def discovery(self) -> dict[str, Any]:
        """What its discovery document says."""
        ends = {
            "authorization_endpoint": "authorize", "token_endpoint": "token",
            "jwks_uri": "jwks", "userinfo_endpoint": "userinfo",
        }  # fmt: skip
        told = {name: f"{self.issuer}/{end}" for name, end in ends.items()}
        return {
            "issuer": self.issuer,
            **told,
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            **self.config,
        }

    def id_token(self, asked: dict[str, str]) -> str:
        """Sign what is said of the person who came with this question."""
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": "person-1", "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], **self.claims,
        }  # fmt: skip
        said = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(said, self.key, algorithm=self.algorithm, headers=self.header)


class _Handler(BaseHTTPRequestHandler):
    server: Provider
    wbufsize = -1  # an answer is one packet: nobody waits for the second

    def do_GET(self) -> None:
        if self._led_on():
            return
        where = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(where.query).items()}
        if where.path == "/.well-known/openid-configuration":
            self._say(self.server.discovery)
        elif where.path == "/jwks":
            key = jwt.algorithms.RSAAlgorithm.to_jwk(key_named("one").public_key(), as_dict=True)
            self._say({"keys": [{**key, "kid": "one", "alg": "RS256", "use": "sig"}]})
        elif where.path == "/userinfo":
            self._say(self.server.userinfo)
        elif where.path == "/authorize":
            self._authorize(asked)

    def do_POST(self) -> None:
        if self._led_on():
            return
        size = int(self.headers["Content-Length"])
        sent = {name: one[0] for name, one in parse_qs(self.rfile.read(size).decode()).items()}
        asked = self.server.codes.pop(sent.get("code", ""), None)
        if problem := self._problem(sent, asked):
            self.server.refused.append(problem)
            self._say({"error": "invalid_grant"}, status=400)
            return
        assert asked is not None
        told = {"access_token": "opened", "token_type": "Bearer", "expires_in": 60}
        self._say({**told, "id_token": self.server.id_token(asked)})

    def _led_on(self) -> bool:
        """Lead from an address below /elsewhere to the one that it stands for."""
        if not self.path.startswith("/elsewhere/"):
            return False
        self.send_response(307)
        self.send_header("Location", self.path.removeprefix("/elsewhere"))
        self.send_header("Content-Length", "0")
        self.end_headers()
        return True

    def _authorize(self, asked: dict[str, str]) -> None:
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(8)
        self.server.codes[code] = asked
        self.send_response(302)
        back = urlencode({"code": code, "state": asked["state"]})
        self.send_header("Location", f"{asked['redirect_uri']}?{back}")
        self.end_headers()

    def _problem(self, sent: dict[str, str], asked: dict[str, str] | None) -> str:
        if asked is None:
            return "no such code"
        hashed = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        wanted = {
            "verifier": (proof, asked["code_challenge"]),
            "client": (sent.get("client_id"), CLIENT),
            "secret": (sent.get("client_secret"), SECRET),
            "address": (sent.get("redirect_uri"), asked["redirect_uri"]),
        }
        return next((name for name, (is_, ought) in wanted.items() if is_ != ought), "")

    def _say(self, told: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a run of the tests is not read for this."""


@contextlib.contextmanager
def running() -> Iterator[Provider]:
    """Run a provider until the block ends."""
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, args=(0.005,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
        thread.join()


def followed(address: str) -> str:
    """Go to the provider as a browser does; return where it leads."""
    where = urlsplit(address)
    there = HTTPConnection(where.netloc, timeout=10)
    there.request("GET", f"{where.path}?{where.query}")
    answer = there.getresponse()
    there.close()
    return str(answer.headers["Location"])
