"""A trained network in other formats: LiteRT (once called TFLite), for phones and browsers."""

import tempfile
from pathlib import Path

import keras

from components.models.reading import load_keras


class ExportError(Exception):
    """An export that can't be made here; the message is a sentence for the learner."""


def to_litert(keras_file: bytes) -> bytes:
    """The network in the bytes of a .keras file as a LiteRT (.tflite) file.

    It takes uint8 digits (1, 28, 28) and returns float32 probabilities (1, 10). Raises
    ExportError where Keras runs on another backend than TensorFlow.
    """
    backend = keras.backend.backend()
    if backend != "tensorflow":
        raise ExportError(
            f"A LiteRT file needs Keras on TensorFlow; this server runs it on {backend}. Save "
            "the .keras file and convert it on a machine with TensorFlow."
        )
    model = load_keras(keras_file)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "digits.tflite"
        model.export(path, format="litert", verbose=False)
        return path.read_bytes()
