"""Run a program and end it once it hangs: `python script/watch.py celery -A techplan worker ...`.

Whoever restarts what ends (Docker, systemd) does not restart what hangs, and a process that hangs cannot
end itself. The program touches the file that TECHPLAN_PULSE names (jobs/pulse.py); silent for TECHPLAN_SILENCE
seconds (60), it is killed with its children, and this program ends with code 1. Requests to end are passed on.
"""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType

import supervisor


class Watch:
    """One program under watch."""

    def __init__(self, command: list[str], pulse: supervisor.Pulse) -> None:
        self.pulse = pulse
        self.stopping = False
        pulse.begin()
        self.process = subprocess.Popen(
            command,
            env=supervisor.environment(pulse),
            start_new_session=True,
            preexec_fn=supervisor.follow_parent,
        )
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP):
            signal.signal(number, self._pass_on)

    def run(self) -> int:
        """Wait for the end; return the exit code."""
        while True:
            try:
                code = self.process.wait(timeout=1)
            except subprocess.TimeoutExpired:
                # One that was told to end finishes its job first; how long it may take is for others to say.
                if self.stopping or not self.pulse.is_silent():
                    continue
                supervisor.end_group(self.process.pid, signal.SIGKILL)
                self.process.wait()
                sys.stderr.write(f"the program hangs ({supervisor.NO_SIGN}) and was killed\n")
                return 1
            supervisor.end_group(self.process.pid, signal.SIGKILL)
            return code if code >= 0 else 128 - code

    def _pass_on(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
        self.process.send_signal(number)


def main() -> int:
    """Watch the program that the arguments name."""
    with tempfile.TemporaryDirectory(prefix="techplan-") as folder:
        return Watch(sys.argv[1:], supervisor.Pulse(Path(folder) / "pulse")).run()


if __name__ == "__main__":
    sys.exit(main())
