"""The libraries of deep learning in layers: as the workshop drew them, and as they are today.

What became of each is said with a date, and with the page where it was read.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A library in a stack. `status` is "alive", "ended", or "inference" (alive, but it does not
    train); `when` dates `fate`, and `source` is where that was read."""

    name: str
    status: str
    fate: str
    when: str
    source: str


@dataclass(frozen=True)
class Level:
    """One level of a stack: what it is for, and its libraries."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Stack:
    """Levels from what a person writes down to what the processor runs."""

    title: str
    levels: tuple[Level, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All libraries, from the top."""
        return tuple(part for level in self.levels for part in level.parts)


KERAS = Part(
    "Keras",
    "alive",
    "Rewritten as Keras 3, which runs on TensorFlow, JAX or PyTorch.",
    "late 2023",
    "https://keras.io/keras_3/",
)
BLOCKS = Part(
    "Blocks",
    "ended",
    "Presented in a paper; built on Theano, whose development has ended.",
    "June 2015",
    "https://arxiv.org/abs/1506.00619",
)
LASAGNE = Part(
    "Lasagne",
    "ended",
    "Ran on Theano alone. Its first release, 0.1, has remained the only one.",
    "13 August 2015",
    "https://github.com/Lasagne/Lasagne/blob/master/CHANGES.rst",
)
TENSORFLOW = Part(
    "TensorFlow",
    "alive",
    "Version 2 made Keras the way to write models.",
    "2019",
    "https://blog.tensorflow.org/2019/01/whats-coming-in-tensorflow-2-0.html",
)
THEANO = Part(
    "Theano",
    "ended",
    "Its makers announced the end of development; 1.0 was the last main release.",
    "28 September 2017",
    "https://medium.com/syncedreview/rip-theano-48e75ec3c1b3",
)
PYTORCH = Part(
    "PyTorch",
    "alive",
    "Moved from Meta to a foundation of its own under the Linux Foundation.",
    "12 September 2022",
    "https://www.linuxfoundation.org/blog/blog/welcoming-pytorch-to-the-linux-foundation",
)
MXNET = Part(
    "MXNet",
    "ended",
    "Retired by the Apache Software Foundation; its repository is archived.",
    "17 November 2023",
    "https://github.com/apache/mxnet",
)
CUDNN = Part(
    "cuDNN",
    "alive",
    "NVIDIA's kernels for its GPUs, since then; the large libraries all use them.",
    "7 September 2014",
    "https://centerconsulting.com/ai-library/milestones/2014-cudnn",
)
JAX = Part(
    "JAX",
    "alive",
    "Slopes of NumPy programs, compiled by XLA; open source since then.",
    "December 2018",
    "https://aiwiki.ai/wiki/jax",
)
OPENVINO = Part(
    "OpenVINO",
    "inference",
    "A backend of Keras 3 since then, for prediction only: it has no slopes, so it can't train.",
    "January 2025",
    "https://github.com/keras-team/keras-io/pull/2028",
)
XLA = Part(
    "XLA",
    "alive",
    "The compiler left TensorFlow for a project of its own, OpenXLA.",
    "October 2022",
    "https://www.clouddatainsights.com/google-launches-open-source-machine-learning-compiler/",
)
ONEDNN = Part(
    "oneDNN",
    "alive",
    "Kernels for CPUs, begun at Intel; now a project of the UXL Foundation.",
    "19 September 2023",
    "https://www.phoronix.com/review/oneapi-uxl-foundation",
)

THEN = Stack(
    "As the workshop drew it",
    (
        Level("What you write", (KERAS, BLOCKS, LASAGNE)),
        Level("What finds the slopes", (TENSORFLOW, THEANO, PYTORCH, MXNET)),
        Level("What the processor runs", (CUDNN,)),
    ),
)
TODAY = Stack(
    "Today",
    (
        Level("What you write", (KERAS,)),
        Level("What finds the slopes", (TENSORFLOW, JAX, PYTORCH, OPENVINO)),
        Level("What the processor runs", (XLA, ONEDNN, CUDNN)),
    ),
)


def all_parts() -> tuple[Part, ...]:
    """Every library of both stacks, once, in the order of the drawing."""
    return tuple(dict.fromkeys((*THEN.parts, *TODAY.parts)))
