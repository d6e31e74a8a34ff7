"""Starts PostgreSQL servers of one's own on loopback, in a folder that goes with them."""

import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

ACCOUNT = "postgres"


def programs():
    """The folder of the newest server's programs; None where there is no server."""
    found = sorted(
        glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[4])
    )
    if found and os.access(f"{found[-1]}/initdb", os.X_OK):
        return found[-1]
    path = shutil.which("initdb")
    return os.path.dirname(path) if path else None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Place:
    """A folder for servers. A server refuses to run as root: then it runs as `postgres`."""

    def __init__(self):
        self.bin = programs()
        self.folder = tempfile.mkdtemp(prefix="claims-pg-")
        self.servers = []
        self.as_user = []
        if os.getuid() == 0:
            pwd.getpwnam(ACCOUNT)
            shutil.chown(self.folder, ACCOUNT)
            self.as_user = ["runuser", "-u", ACCOUNT, "--"]

    def run(self, program, *arguments, **more):
        return subprocess.run(
            [*self.as_user, f"{self.bin}/{program}", *arguments],
            check=True, capture_output=True, text=True, cwd=self.folder, **more,
        )

    def primary(self, *settings):
        server = Server(self, "primary")
        self.run(
            "initdb", "-D", server.data, "-U", ACCOUNT, "--auth=trust", "--encoding=UTF8",
            "--no-locale",
        )
        server.start(*settings)
        return server

    def standby(self, primary):
        """A copy of a server that follows it; its name is `standby`."""
        server = Server(self, "standby")
        self.run(
            "pg_basebackup", "-D", server.data, "-h", "127.0.0.1", "-p", str(primary.port), "-U",
            ACCOUNT, "--write-recovery-conf", "--checkpoint=fast",
        )
        source = f"host=127.0.0.1 port={primary.port} user={ACCOUNT} application_name=standby"
        server.start(f"primary_conninfo={source}")
        return server

    def close(self):
        for server in self.servers:
            server.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Server:
    def __init__(self, place, name):
        self.place, self.name = place, name
        self.data = f"{place.folder}/{name}-{len(place.servers)}"
        self.port = free_port()
        self.process = None
        place.servers.append(self)

    def start(self, *settings):
        options = [
            "listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.place.folder}",
            "max_connections=200", "wal_keep_size=256MB", *settings,
        ]
        command = [*self.place.as_user, f"{self.place.bin}/postgres", "-D", self.data]
        for option in options:
            command += ["-c", option]
        log = open(f"{self.place.folder}/{self.name}.log", "ab")
        self.process = subprocess.Popen(
            command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.place.folder
        )
        self.await_ready()

    def await_ready(self):
        for _ in range(300):
            if self.process.poll() is not None:
                raise RuntimeError(open(f"{self.place.folder}/{self.name}.log").read()[-2000:])
            ready = subprocess.run(
                [f"{self.place.bin}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
            )
            if ready.returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} does not come up")

    def sql(self, text, database=ACCOUNT):
        return subprocess.run(
            [
                f"{self.place.bin}/psql", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-h",
                "127.0.0.1", "-p", str(self.port), "-U", ACCOUNT, "-d", database, "-c", text,
            ],
            check=True, capture_output=True, text=True,
        ).stdout.strip()

    def url(self, database=ACCOUNT, user=ACCOUNT, **options):
        return url([self.port], database, user, **options)

    def pid(self):
        """The server's own process: `runuser` stands in front of it."""
        with open(f"{self.data}/postmaster.pid") as lines:
            return int(lines.readline())

    def kill(self):
        """`kill -9`, the server and all its sessions at once."""
        if self.process is None or self.process.poll() is not None:
            return
        try:
            postmaster = self.pid()
            children = subprocess.run(
                ["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True
            ).stdout.split()
            for process in [postmaster, *map(int, children)]:
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        except FileNotFoundError:
            self.process.kill()
        self.process.wait()

    def promote(self):
        self.sql("SELECT pg_promote(true, 60)")


def url(ports, database=ACCOUNT, user=ACCOUNT, **options):
    hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
    query = "&".join(f"{key}={value}" for key, value in options.items())
    return f"postgresql://{user}@{hosts}/{database}" + (f"?{query}" if query else "")


class Proxy:
    """Stands between clients and a server, and cuts the way on order.

    `cut_answers(n)`: after `n` more appends have gone to the server their answers are swallowed and
    both ends are closed, so that the client cannot know what became of them. `sign` is what an
    append, or another message that counts, is known by.
    """

    def __init__(self, port):
        self.target = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.cuts = 0
        self.left = None
        self.sign = b""
        self.lock = threading.Lock()
        threading.Thread(target=self.accept, daemon=True).start()

    def cut_answers(self, after, sign=b'"specversion"'):
        with self.lock:
            self.left, self.sign = after, sign

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            state = {"cut": False}
            for source, sink, is_answer in ((client, server, False), (server, client, True)):
                threading.Thread(
                    target=self.pass_on, args=(source, sink, state, is_answer), daemon=True
                ).start()

    def is_due(self):
        with self.lock:
            if self.left is None:
                return False
            self.left -= 1
            if self.left >= 0:
                return False
            self.left = None
            self.cuts += 1
            return True

    def pass_on(self, source, sink, state, is_answer):
        try:
            while data := source.recv(1 << 16):
                # What was sent goes on its way, the answer is to be lost.
                if not is_answer and self.sign in data and self.is_due():
                    state["cut"] = True
                if is_answer and state["cut"]:
                    break
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
