"""A trained network for a phone: LiteRT, the format that was called TFLite."""

import tempfile
from pathlib import Path

import keras

from components.models.reading import DigitReader, save_keras


class ExportError(RuntimeError):
    """The network can't be written in this format here; the message says why."""


def keras_file(reader: DigitReader) -> bytes:
    """The reader's network as a .keras file, without the optimizer's state."""
    return save_keras(reader.model)


def litert_file(reader: DigitReader) -> bytes:
    """The reader's network as a LiteRT file, weights in float32.

    Raises ExportError where Keras's backend has no converter.
    """
    if keras.backend.backend() != "tensorflow":
        raise ExportError(
            "Only a server that runs Keras on TensorFlow can write LiteRT files; this one runs "
            f"on {keras.backend.backend()}. Save the .keras file instead."
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.tflite"
        reader.model.export(file, format="litert", verbose=False)
        return file.read_bytes()
