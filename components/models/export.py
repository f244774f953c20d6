"""A trained network for a phone: LiteRT, the format that was called TFLite."""

import tempfile
from pathlib import Path

import keras

from components.models.reading import TrainedDigits, load_reader


class ExportError(RuntimeError):
    """The network can't be written in this format here; the message says why."""


def to_litert(keras_file: bytes) -> bytes:
    """The network of a .keras file as a LiteRT file, weights in float32.

    Raises ExportError where Keras's backend has no converter.
    """
    if keras.backend.backend() != "tensorflow":
        raise ExportError(
            "Only a server that runs Keras on TensorFlow can write LiteRT files; this one runs "
            f"on {keras.backend.backend()}. Save the .keras file instead."
        )
    reader = load_reader(TrainedDigits(keras_file, (), None))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.tflite"
        reader.model.export(file, format="litert", verbose=False)
        return file.read_bytes()
