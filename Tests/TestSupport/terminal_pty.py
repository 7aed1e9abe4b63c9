"""Tries Terminal.c on a real pseudo-terminal. Argument: the shared library built from it.

Each case forks a child with its own controlling terminal, which asks one question through the
library; the parent types, sends signals and looks at the terminal's echo.
"""
import ctypes, os, pty, signal, sys, termios, time

LIBRARY = sys.argv[1]
DEADLINE = 10
# The threads of a test runner block every signal, and children inherit it.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
signal.alarm(60)


def child(echo, capacity):
    library = ctypes.CDLL(LIBRARY)
    library.amparo_terminal_read.restype = ctypes.c_ssize_t
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, lambda *_: None)
    buffer = ctypes.create_string_buffer(capacity)
    count = library.amparo_terminal_read(
        b"ask: ", buffer, ctypes.c_size_t(capacity), echo, b"\r\x1b[K")
    answer = buffer.raw[:count] if count >= 0 else b"zeros" if not any(buffer.raw) else b"LEAK"
    os.write(1, b"<%d|%s>" % (count, answer))
    os._exit(0)


def echoes(master):
    return bool(termios.tcgetattr(master)[3] & termios.ECHO)


class Case:
    def __init__(self, echo=0, capacity=64):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            child(echo, capacity)
        self.seen = b""
        self.until(b"ask: ")

    def until(self, mark, count=1):
        end = time.time() + DEADLINE
        while self.seen.count(mark) < count:
            assert time.time() < end, self.seen
            try:
                piece = os.read(self.master, 1024)
            except OSError:
                piece = b""
            assert piece, (mark, self.seen)
            self.seen += piece

    def type(self, text):
        os.write(self.master, text)

    def end(self):
        _, status = os.waitpid(self.pid, 0)
        os.close(self.master)
        return status


def check(condition, what, case):
    if not condition:
        print("FAILED:", what, case.seen)
        sys.exit(1)


case = Case()
check(not echoes(case.master), "echo is off while asking", case)
case.type(b"se\xc3\xb1al secreta\n")
case.until(b">")
check(b"<14|se\xc3\xb1al secreta>" in case.seen, "the line arrives", case)
check(case.seen.count(b"secreta") == 1, "it was not shown", case)
check(b"\r\x1b[K" in case.seen, "the question is removed", case)
check(echoes(case.master), "echo is back", case)
case.end()

case = Case(echo=1)
check(echoes(case.master), "a shown answer is shown", case)
case.type(b"hola\n")
case.until(b">")
check(b"<4|hola>" in case.seen, "the shown line arrives", case)
case.end()

case = Case()
case.type(b"half")
time.sleep(0.05)
case.type(b"\x03")
case.until(b">")
check(b"<-4|zeros>" in case.seen, "Ctrl-C: EINTR, and nothing kept", case)
check(echoes(case.master), "Ctrl-C: echo is back", case)
case.end()

case = Case()
case.type(b"one\n")
case.until(b">")
check(b"<3|one>" in case.seen, "an answer of a script", case)
case.end()

case = Case()
case.type(b"\x04")
case.until(b">")
check(b"<-61|zeros>" in case.seen, "Ctrl-D: no data", case)
case.end()

case = Case()
case.type(b"\n")
case.until(b">")
check(b"<0|>" in case.seen, "an empty line is no error", case)
case.end()

case = Case(capacity=8)
case.type(b"12345678 and more\n")
case.until(b">")
check(b"<-90|zeros>" in case.seen, "too long is an error", case)
check(echoes(case.master), "too long: echo is back", case)
case.end()

for _ in range(20):
    # Sent at once: it must also be noticed when it comes before the wait begins.
    case = Case()
    os.kill(case.pid, signal.SIGTERM)
    check(os.WTERMSIG(case.end()) == signal.SIGTERM, "SIGTERM still ends the process", case)

print("terminal: 27 cases")
