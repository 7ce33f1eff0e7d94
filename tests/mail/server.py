"""A small real mail server on loopback: it takes letters, or refuses them as it is told."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


@dataclass
class MailServer:
    """Speaks SMTP (RFC 5321) as far as a client that sends letters asks for it."""

    refuses: set[str] = field(default_factory=set)
    puts_off: set[str] = field(default_factory=set)
    taken: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    talks: int = 0
    port: int = 0
    slow: float = 0.0
    _loop: Any = None
    _server: Any = None

    def start(self) -> None:
        """Listen, on the same port as before where there was one."""
        ready = threading.Event()

        async def serve() -> None:
            self._server = await asyncio.start_server(self._talk, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]
            ready.set()

        self._loop = asyncio.new_event_loop()
        self._loop.create_task(serve())
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        assert ready.wait(10)

    def stop(self) -> None:
        """Hang up on everybody and close the port."""

        async def close() -> None:
            self._server.close()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.talks += 1
        try:
            await self._converse(reader, writer)
        finally:
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())

        say("220 loopback")
        while line := (await reader.readline()).decode().strip():
            verb = line.split()[0].upper()
            if verb == "RCPT":
                say(self._recipient(line[line.index("<") + 1 : line.index(">")]))
            elif verb == "DATA":
                say("354 go on")
                await self._data(reader, say)
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")
            await writer.drain()

    def _recipient(self, address: str) -> str:
        if address in self.refuses:
            return f"550 no such person: {address}"
        if address in self.puts_off:
            return f"450 try later: {address}"
        self.to.append(address)
        return "250 ok"

    async def _data(self, reader: asyncio.StreamReader, say: Callable[[str], None]) -> None:
        lines = []
        while (line := await reader.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        await asyncio.sleep(self.slow)
        letter = message_from_bytes(b"".join(lines), _class=EmailMessage, policy=policy.default)
        self.taken.append(letter)
        say("250 taken")
