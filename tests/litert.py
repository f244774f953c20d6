"""A LiteRT file asked as a phone would ask it: one picture after the other."""

import keras
import numpy as np
import pytest
from numpy.typing import NDArray


def needs_tensorflow() -> None:
    """Skip where Keras runs on another backend: such files need TensorFlow to be made and read."""
    if keras.backend.backend() != "tensorflow":
        pytest.skip("a LiteRT file needs TensorFlow")


def answers_of_litert(
    model: bytes, pictures: NDArray[np.uint8] | NDArray[np.float32]
) -> NDArray[np.float32]:
    """The probabilities (n, n_classes) that the file gives for these pictures."""
    import tensorflow as tf

    interpreter = tf.lite.Interpreter(model_content=model)
    interpreter.allocate_tensors()
    source, target = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    answers = []
    for picture in pictures:
        interpreter.set_tensor(source["index"], picture[np.newaxis].astype(source["dtype"]))
        interpreter.invoke()
        answers.append(interpreter.get_tensor(target["index"])[0].copy())
    return np.stack(answers)
