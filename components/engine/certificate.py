"""The certificate of a cluster: who has it is let in, who has not is refused.

One key and one certificate stand for all parts of a cluster: scheduler, workers and app. The
certificate signs itself, and nothing but itself is trusted. For a cluster of your own:

    python -m components.engine.certificate FOLDER

The app's own is made by the same program, which writes it out for "-": what makes it takes 8 MB,
and nobody needs that afterwards.
"""

import datetime
import os
import shlex
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from components.engine.admission import settings_with

FILE_NAME = "workshop-cluster.pem"
# Trust rests on having the key, not on the date: so a clock that jumps locks nobody out.
VALID_FROM = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
VALID_UNTIL = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)


def make_certificate() -> str:
    """A new private key and its certificate, in one text (PEM)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "deep-learning-workshop")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_UNTIL)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return (
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    ).decode()


def main() -> int:
    """Write a certificate that only its owner can read, and say how to use it; for "-", write it
    out and say nothing."""
    if sys.argv[1:] == ["-"]:
        sys.stdout.write(make_certificate())
        return 0
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.stderr.write("Name a folder that exists, and nothing else.\n")
        return 1
    file = Path(sys.argv[1]).resolve() / FILE_NAME
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        sys.stderr.write(f"{file} can't be written: {error.strerror}.\n")
        return 1
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        written.write(make_certificate())
    for name, value in settings_with(str(file)).items():
        sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
