"""The clothing pictures (CC0) from their public home, checked and made small."""

from collections.abc import Callable

from components.concepts.training import Event
from components.models.control import Control
from components.models.download import CONNECT_SECONDS, download
from components.pictures.labelled import Labelled, open_labelled

# Alexey Grigorev's clothing data set in its small edition: ten classes, CC0. The zip holds the
# newest state of the repository, so there is no checksum to hold it to; the door checks it.
CLOTHING_URL = "https://github.com/alexeygrigorev/clothing-dataset-small/archive/HEAD.zip"
LARGEST = 300 * 2**20


def fetch_clothing(
    spec: None,
    report: Callable[[Event], None],
    control: Control,
    publish: Callable[[object], None] = lambda reader: None,
    url: str = CLOTHING_URL,
    timeout: float = CONNECT_SECONDS,
) -> Labelled:
    """Download the pictures and pass them through the door for labelled pictures.

    `report` gets "download" (received, total, both in bytes; total 0 where it is not known) and
    "reading" (share, 0 to 1). `control` may stop it. Raises DownloadError or LabelledError, in
    sentences.
    """

    def follow(received: int, total: int) -> bool:
        known = 0 if total == LARGEST else total
        report({"kind": "download", "received": received, "total": known})
        return not control.stop_wanted

    def read(share: float) -> bool:
        report({"kind": "reading", "share": share})
        return not control.stop_wanted

    content = download(url, None, LARGEST, follow, timeout)
    return open_labelled(content, "clothing.zip", read, LARGEST)
