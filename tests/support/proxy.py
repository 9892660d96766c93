"""A network between a browser and the server that can be cut, refuse, and be slow."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

PIECE = 65_536


class Proxy:
    """Passes bytes between its port and the server's, in a thread of its own."""

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self.target = str(parts.hostname), int(parts.port or 80)
        self.port = 0
        self.slowly = 0
        """Bytes a second that each connection gets from the server; 0: as fast as they come."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._listener: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Every connection ends, and new ones are refused."""
        self._do(self._close())

    def mend(self) -> None:
        """Connections are taken again, on the same port."""
        self._do(self._listen())

    def _do(self, work) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _listen(self) -> None:
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._listener:
            self._listener.close()
        for writer in list(self._open):
            writer.transport.abort()
        self._open.clear()

    async def _end(self) -> None:
        await self._close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            server_reader, server_writer = await asyncio.open_connection(*self.target)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer, server_writer}
        self._open |= ends
        with suppress(asyncio.CancelledError):
            await asyncio.gather(
                self._pass(reader, server_writer), self._pass(server_reader, writer, slow=True)
            )
        self._open -= ends

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slow: bool = False
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(
                max(1, self.slowly // 10) if slow and self.slowly else PIECE
            ):
                writer.write(data)
                await writer.drain()
                if slow and self.slowly:
                    await asyncio.sleep(0.1)
        with suppress(OSError, RuntimeError):
            writer.close()


@contextmanager
def through(server: str) -> Iterator[Proxy]:
    """A proxy before a server, for as long as the context lasts."""
    proxy = Proxy(server)
    proxy._thread.start()
    proxy.mend()
    try:
        yield proxy
    finally:
        proxy._do(proxy._end())
        proxy._loop.call_soon_threadsafe(proxy._loop.stop)
        proxy._thread.join(10)
        proxy._loop.close()
