"""The only module that knows the platform: process groups, pipes to children, sockets handed over."""

from __future__ import annotations

import _thread
import base64
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, Any, Protocol

from samois_host.wire import READ_SIZE, LineBuffer, Message, decode, encode

MAXIMUM_SOCKETS = 8


class Channel(Protocol):
    """The two-way line between the supervisor and one child."""

    def send(self, message: Message, sockets: Sequence[socket.socket] = (), pid: int = 0) -> None:
        """Write one message; `pid` is the receiver's, which Windows needs to hand over sockets."""

    def receive(self) -> tuple[Message, list[socket.socket]] | None:
        """Wait for the next message; None when the other side is gone."""

    def close(self) -> None:
        """Close this side."""

    def abandon(self) -> None:
        """Let go of this side in a forked process, without ending it for the process that it belongs to."""


class Process(Protocol):
    """What a child runs as: a program that was started, or a fork of one."""

    pid: int
    stdout: Any
    stderr: Any

    def wait(self) -> int:
        """Wait for its end; the exit code, negative for a signal."""

    def terminate(self) -> None:
        """Send SIGTERM."""

    def kill(self) -> None:
        """Send SIGKILL."""


class PipeChannel:
    """A channel over two plain descriptors. Sockets travel as bytes, as Windows shares them."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._buffer = LineBuffer()
        self._ready: deque[bytes] = deque()

    def send(self, message: Message, sockets: Sequence[socket.socket] = (), pid: int = 0) -> None:
        """Write one message."""
        if sys.platform == "win32" and sockets:
            message = {**message, "shared": [base64.b64encode(each.share(pid)).decode() for each in sockets]}
        data = memoryview(encode(message))
        while data:
            data = data[os.write(self._writing, data) :]

    def receive(self) -> tuple[Message, list[socket.socket]] | None:
        """Wait for the next message; None at the end."""
        while True:
            while self._ready:
                message = decode(self._ready.popleft())
                if message is not None:
                    return message, self._taken(message)
            try:
                chunk = os.read(self._reading, READ_SIZE)
            except OSError:
                return None
            if not chunk:
                return None
            self._ready.extend(self._buffer.feed(chunk))

    def _taken(self, message: Message) -> list[socket.socket]:
        if sys.platform == "win32":
            return [socket.fromshare(base64.b64decode(each)) for each in message.pop("shared", [])]
        return []

    def close(self) -> None:
        """Close both descriptors."""
        for descriptor in (self._reading, self._writing):
            try:
                os.close(descriptor)
            except OSError:
                continue

    def abandon(self) -> None:
        """Nothing is forked where channels are pipes."""
        self.close()


class SocketChannel:
    """A channel over a Unix socket pair, which can carry descriptors."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = LineBuffer()
        self._ready: deque[bytes] = deque()
        self._sockets: list[Any] = []

    def send(self, message: Message, sockets: Sequence[socket.socket] = (), pid: int = 0) -> None:
        """Write one message, with sockets beside it."""
        data = encode({**message, "sockets": len(sockets)} if sockets else message)
        if sockets:
            sent = socket.send_fds(self._connection, [data], [each.fileno() for each in sockets])
            data = data[sent:]
        self._connection.sendall(data)

    def receive(self) -> tuple[Message, list[socket.socket]] | None:
        """Wait for the next message; None at the end."""
        while True:
            while self._ready:
                message = decode(self._ready.popleft())
                if message is not None:
                    # One read may hold several messages: each says how many of the sockets are its own.
                    count = message.pop("sockets", 0)
                    sockets, self._sockets = self._sockets[:count], self._sockets[count:]
                    return message, sockets
            try:
                chunk, descriptors, _, _ = socket.recv_fds(self._connection, READ_SIZE, MAXIMUM_SOCKETS)
            except OSError:
                return None
            for descriptor in descriptors:
                os.set_inheritable(descriptor, False)
                self._sockets.append(_opened(descriptor))
            if not chunk:
                return None
            self._ready.extend(self._buffer.feed(chunk))

    def close(self) -> None:
        """Close the socket, also for a thread that waits on it."""
        with suppress(OSError):  # the other side may be gone already
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()

    def abandon(self) -> None:
        """Close the descriptor alone: a shutdown would reach everybody who shares the socket."""
        self._connection.close()

    def fileno(self) -> int:
        """The descriptor, to wait for several things at once."""
        return self._connection.fileno()

    @property
    def waiting(self) -> bool:
        """Whether a message was read already that nobody has asked for."""
        return bool(self._ready)


def _opened(descriptor: int) -> Any:
    if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
        return socket.socket(fileno=descriptor)
    return os.fdopen(descriptor, "wb", buffering=0)


def spawn(arguments: Sequence[str], environment: Mapping[str, str], folder: str) -> tuple[Any, Channel]:
    """Start a child with a channel to it; its stdin is empty, its stdout and stderr are pipes."""
    options: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "bufsize": 0,
        "env": dict(environment),
        "cwd": folder,
    }
    if sys.platform == "win32":
        return _spawn_on_windows(arguments, options)
    ours, theirs = socket.socketpair()
    with theirs:
        descriptor = theirs.fileno()
        command = [*arguments, "--channel", str(descriptor)]
        process = subprocess.Popen(command, pass_fds=[descriptor], **options)
    return process, SocketChannel(ours)


def _spawn_on_windows(arguments: Sequence[str], options: dict[str, Any]) -> tuple[Any, Channel]:
    if sys.platform != "win32":
        raise NotImplementedError("Only Windows hands pipes over by handle.")
    import msvcrt

    child_in, our_out = os.pipe()
    our_in, child_out = os.pipe()
    handles = [msvcrt.get_osfhandle(each) for each in (child_in, child_out)]
    for handle in handles:
        os.set_handle_inheritable(handle, True)
    startup = subprocess.STARTUPINFO(lpAttributeList={"handle_list": handles})
    command = [*arguments, "--channel", ",".join(map(str, handles))]
    process = subprocess.Popen(command, startupinfo=startup, **options)
    os.close(child_in)
    os.close(child_out)
    return process, PipeChannel(our_in, our_out)


def open_channel(description: str) -> Channel:
    """The child's side of the channel that `spawn` put on its command line."""
    if sys.platform == "win32":
        import msvcrt

        incoming, outgoing = (int(each) for each in description.split(","))
        return PipeChannel(
            msvcrt.open_osfhandle(incoming, os.O_RDONLY | os.O_BINARY),
            msvcrt.open_osfhandle(outgoing, os.O_BINARY),
        )
    os.set_inheritable(int(description), False)
    return SocketChannel(socket.socket(fileno=int(description)))


def can_fork() -> bool:
    """Whether a process can be copied as it stands."""
    return hasattr(os, "fork")


def outfit() -> tuple[Channel, IO[bytes], IO[bytes], list[Any]]:
    """Channel, stdout and stderr of a process to be forked: our ends, and the three that are its own."""
    ours, theirs = socket.socketpair()
    pipes = [os.pipe() for _ in range(2)]
    reading = [os.fdopen(each, "rb", buffering=0) for each, _ in pipes]
    writing = [os.fdopen(each, "wb", buffering=0) for _, each in pipes]
    return SocketChannel(ours), reading[0], reading[1], [theirs, *writing]


def fork() -> int:
    """Copy this process: the child's pid, or 0 in the child."""
    return os.fork()


def wear(outfit: Sequence[Any], variable: str, old: str, new: str) -> Channel:
    """In a forked process: take its own channel, stdout and stderr, and a marker of its own."""
    channel, stdout, stderr = outfit
    for number, pipe in ((1, stdout), (2, stderr)):
        os.dup2(pipe.fileno(), number)
        pipe.close()
    os.environ[variable] = new
    with suppress(OSError):
        _rewrite_environment(f"{variable}={old}".encode(), f"{variable}={new}".encode())
    return SocketChannel(channel)


def _rewrite_environment(old: bytes, new: bytes) -> None:
    # /proc/PID/environ shows the memory of the first program: a copy would show its parent's marker.
    if sys.platform != "linux" or len(old) != len(new):
        return
    with open("/proc/self/stat", "rb") as file:
        start, end = (int(each) for each in file.read().rpartition(b")")[2].split()[47:49])
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(start)
        place = memory.read(end - start).find(old)
        if place >= 0:
            memory.seek(start + place)
            memory.write(new)


def interrupt_main_thread() -> None:
    """Have the main thread raise KeyboardInterrupt, also while it waits in a call of the system."""
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def thread_count() -> int:
    """How many threads this process has, also those that Python does not know of where the system tells."""
    if sys.platform == "linux":
        return len(os.listdir("/proc/self/task"))
    return threading.active_count()


def footprint(pid: int) -> tuple[int | None, int | None]:
    """Memory in kilobytes, shared pages by their share, and threads of a process; None where nobody tells."""
    if sys.platform != "linux":
        return None, threading.active_count() if pid == os.getpid() else None
    told: dict[str, int] = {}
    with suppress(OSError):  # it has just ended, or is not ours to look at
        for name in ("smaps_rollup", "status"):
            with open(f"/proc/{pid}/{name}", encoding="utf-8", errors="replace") as lines:
                fields = (line.split() for line in lines if line.startswith(("Pss:", "Threads:")))
                told.update((field, int(value)) for field, value, *_ in fields)
    return told.get("Pss:"), told.get("Threads:")


def open_sockets() -> frozenset[str]:
    """The sockets of this process by name, nothing where the system does not tell."""
    names = set()
    if sys.platform == "linux":
        for descriptor in os.listdir("/proc/self/fd"):
            with suppress(OSError):  # the one of this listing is closed by now
                names.add(os.readlink(f"/proc/self/fd/{descriptor}"))
    return frozenset(name for name in names if name.startswith("socket:"))


def keep_studio_pipes(descriptors: Sequence[int]) -> None:
    """Keep the descriptors that the studio gave us from reaching our children."""
    for descriptor in descriptors:
        os.set_inheritable(descriptor, False)


def lead_group() -> None:
    """Make sure that this process leads a process group, so that the group is ours to end."""
    if sys.platform != "win32" and os.getpgid(0) != os.getpid():
        os.setpgid(0, 0)


def end_marked(variable: str, value: str) -> None:
    """End every process with this variable in its environment: also what left the group (Linux only)."""
    if sys.platform != "linux" or not value:
        return
    wanted = f"{variable}={value}".encode()
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        with suppress(OSError):  # it has just ended, or is another user's
            with open(f"/proc/{name}/environ", "rb") as file:
                marked = wanted in file.read().split(b"\0")
            if marked:
                os.kill(int(name), signal.SIGKILL)


def end_group(leader: int) -> None:
    """End every process of the leader's group, this one too. Returns only where that is not possible."""
    if sys.platform != "win32" and os.getpgid(0) == leader:
        os.killpg(leader, signal.SIGKILL)


def watch_group() -> subprocess.Popen[bytes] | None:
    """Start the watchdog: a shell that ends the group once this process is gone, however that came about.

    It needs no interpreter's lock and no memory to speak of, and it deafens itself to polite signals.
    Debian's shell refuses the form `kill -9 -- -N`.
    """
    if sys.platform == "win32":
        return None
    script = 'trap "" TERM INT HUP; read line; kill -s KILL -- "-$0"'
    return subprocess.Popen(
        ["/bin/sh", "-c", script, str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )


def ask_to_end(process: Process) -> None:
    """Send SIGTERM (on Windows the process ends at once)."""
    with suppress(OSError):  # it may have ended just now
        process.terminate()


def force_end(process: Process) -> None:
    """Send SIGKILL. Popen knows whether it has been reaped, so a recycled pid is never hit."""
    with suppress(OSError):  # it may have ended just now
        process.kill()


def signals_that_end() -> list[signal.Signals]:
    """The signals at which the supervisor ends everything."""
    names = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


def prepare_listener(listener: socket.socket) -> None:
    """Options of a listening socket, before it is bound."""
    if sys.platform == "win32":
        # There SO_REUSEADDR would let us take a port that another program serves.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if sys.platform == "linux":
        # Connections that a browser opens in advance stay in the kernel until they carry a request, so they
        # are never in the hands of a child that is about to be replaced.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 30)
