"""Write one quick job in a process of its own and print its number and the seconds it took: `enqueue.py FILE`."""

import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def main(file: str) -> None:
    """Enqueue a job that notes its number in a file."""
    django.setup()
    from jobs import services  # noqa: PLC0415  # only after the settings are read

    began = time.monotonic()
    job = services.enqueue("test.write", payload={"file": file})
    print(job.pk, time.monotonic() - began)  # noqa: T201  # what the test reads


if __name__ == "__main__":
    main(sys.argv[1])
