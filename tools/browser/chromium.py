"""Headless Chromium over its debugging pipe: the standard library is all it needs."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

KEYS = {"Tab": 9, "Enter": 13, "ArrowLeft": 37}
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def program():
    """The browser of this machine; None when there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One browser with one page."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="claims-browser-")
        to_browser, self.commands = os.pipe()
        self.replies, from_browser = os.pipe()

        def wire():
            # The browser reads its commands from 3 and writes its replies to 4; what it inherits
            # may stand in these places already, so all is moved out of the way first.
            high = [os.dup2(fd, place) for fd, place in ((to_browser, 103), (from_browser, 104))]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [program(), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
             "--disable-dev-shm-usage", "--hide-scrollbars", "--disable-background-networking",
             "--remote-debugging-pipe", f"--user-data-dir={self.profile.name}", "about:blank"],
            preexec_fn=wire, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.number = 0
        self.rest = b""
        self.complaints = []
        self.requests = []
        self.session = None
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self.session = self.call(
            "Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
        for end in (self.commands, self.replies):
            os.close(end)
        self.profile.cleanup()

    def call(self, method, **parameters):
        """Sends a command and waits for its result; what the page complains of is kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def receive(self):
        while b"\0" not in self.rest:
            piece = os.read(self.replies, 1 << 20)
            if not piece:
                raise RuntimeError("the browser has ended")
            self.rest += piece
        line, self.rest = self.rest.split(b"\0", 1)
        message = json.loads(line)
        self.note(message.get("method"), message.get("params"))
        return message

    def note(self, event, details):
        if event == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(details["exceptionDetails"])[:500])
        elif event == "Runtime.consoleAPICalled" and details["type"] in ("error", "warning"):
            self.complaints.append(json.dumps(details["args"])[:500])
        elif event == "Log.entryAdded" and details["entry"]["level"] in ("error", "warning"):
            self.complaints.append(details["entry"]["text"])
        elif event == "Network.requestWillBeSent":
            self.requests.append(details["request"]["url"])
        elif event == "Page.loadEventFired":
            self.is_loaded = True

    def open(self, path, script=True):
        """Loads a file and returns how many seconds that took, with the first layout."""
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.complaints, self.requests, self.is_loaded = [], [], False
        start = time.monotonic()
        self.call("Page.navigate", url=f"file://{path}")
        while not self.is_loaded:
            self.receive()
        if script:
            self.run("document.body.getBoundingClientRect().height")
        else:
            self.call("Page.getLayoutMetrics")
        return time.monotonic() - start

    def run(self, expression):
        """The value of a JavaScript expression in the page, after what it awaits."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(json.dumps(result["exceptionDetails"])[:800])
        return result["result"].get("value")

    def press(self, key):
        """A key of `KEYS`, down and up again."""
        text = {"text": "\r"} if key == "Enter" else {}
        for kind, more in (("keyDown", text), ("keyUp", {})):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                      windowsVirtualKeyCode=KEYS[key], **more)

    def look(self, width=1280, height=900, dark=False, whole=False, top=0):
        """A screenshot as PNG."""
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 500)
        clip = {}
        if whole or top:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            tall = min(size["height"], 6000) if whole else height
            clip = {"clip": {"x": 0, "y": top, "width": width, "height": tall, "scale": 1},
                    "captureBeyondViewport": True}
        return base64.b64decode(self.call("Page.captureScreenshot", format="png", **clip)["data"])

    def pdf(self):
        """The page as it prints."""
        return base64.b64decode(
            self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"])
