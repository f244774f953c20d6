"""What the lesson "Classify your own pictures" does, as Keras programs.

`classify_script` reads pictures and names them with a network saved by the page;
`teach_script` trains a new last layer on folders of pictures. Cells are marked so that a script
can be made a notebook.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from components.concepts.photo_backbones import Backbone

NETWORK_FILE, BACKBONE_FILE, PICTURES = "classifier.keras", "backbone.keras", "pictures"

_CLASSIFY = """# %% [markdown]
# Classify your own pictures
# Needs `pip install keras tensorflow pillow` (or jax with KERAS_BACKEND=jax). In the folder of
# this program: `{network_file}`, which the page offers for download, and a folder `{folder}`.

# %%
from pathlib import Path

import keras
import numpy as np
from PIL import Image, ImageOps

model = keras.saving.load_model("{network_file}")
side = model.input_shape[1]
classes = {classes}

# %% [markdown]
# Each picture becomes its largest square in the middle, upright, at the network's size.

# %%
paths = sorted(path for path in Path("{folder}").iterdir() if path.is_file())
pictures = []
for path in paths:
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    image = ImageOps.fit(image, (side, side), Image.Resampling.BOX)
    pictures.append(np.asarray(image, "uint8"))
probabilities = model.predict(np.stack(pictures), batch_size=16, verbose=0)

# %% [markdown]
# The {top} likeliest of each; below {percent} % the network is not sure.

# %%
for path, row in zip(paths, probabilities):
    order = np.argsort(-row)[:{top}]
    answer = classes[order[0]] if row[order[0]] >= {threshold} else "not sure"
    print(path.name, "|", answer, "|", ", ".join(f"{{classes[k]}} {{row[k]:.4f}}" for k in order))
"""

_TEACH_HEAD = """# %% [markdown]
# Teach a network your own classes
# Needs `pip install keras tensorflow pillow` (or jax with KERAS_BACKEND=jax). In the folder of
# this program: a folder `{folder}` with a folder of pictures for each class{needs}.

# %%
from pathlib import Path

import keras
import numpy as np
from PIL import Image, ImageOps

keras.utils.set_random_seed({seed})

# %% [markdown]
# The pretrained network without its last layer. It stays as it is.

# %%
{backbone}
backbone.trainable = False
side = backbone.input_shape[1]

# %% [markdown]
# The pictures: of each class every fourth is held out, from the third on.

# %%
folders = sorted(path for path in Path("{folder}").iterdir() if path.is_dir())
classes = [folder.name for folder in folders]
pictures, labels, held_out = [], [], []
for label, folder in enumerate(folders):
    for place, path in enumerate(sorted(folder.iterdir())):
        image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        image = ImageOps.fit(image, (side, side), Image.Resampling.BOX)
        pictures.append(np.asarray(image, "uint8"))
        labels.append(label)
        held_out.append(place % {every} == {first})
labels, held_out = np.array(labels), np.array(held_out)

# %% [markdown]
# The features, once: {n_features} numbers for each picture.

# %%
features = backbone.predict(np.stack(pictures), batch_size=16, verbose=0)

# %% [markdown]
# The new last layer, trained on the features alone. They are divided by their mean size, so that
# one learning rate suits all networks.

# %%
head = keras.Sequential(
    [
        keras.Input((features.shape[1],)),
        keras.layers.Rescaling(1 / float(np.abs(features[~held_out]).mean())),
        keras.layers.Dense(len(classes), activation="softmax", kernel_initializer="zeros"),
    ]
)
head.compile(
    optimizer=keras.optimizers.AdamW({learning_rate}, weight_decay={weight_decay}),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
head.fit(
    features[~held_out],
    labels[~held_out],
    batch_size=32,
    epochs={epochs},
    verbose=0,
)
loss, accuracy = head.evaluate(features[held_out], labels[held_out], verbose=0)
print("classes", classes)
print(f"held out: {{held_out.sum()}} pictures, accuracy {{accuracy:.4f}}")

# %% [markdown]
# Backbone and head together, as one network that takes pictures.

# %%
whole = keras.Model(backbone.input, head(backbone.output))
whole.save("{network_file}")
"""

_FROM_FILE = 'backbone = keras.saving.load_model("{backbone_file}")'

_MOBILENET = """body = keras.applications.MobileNetV2(
    input_shape=({side}, {side}, 3), alpha={width}, include_top=False, pooling="avg"
)
inputs = keras.Input(({side}, {side}, 3))
scaled = keras.layers.Rescaling(1 / 127.5, offset=-1)(inputs)
backbone = keras.Model(inputs, body(scaled))"""


@dataclass(frozen=True)
class Schedule:
    """How a head is trained, as the page has it."""

    epochs: int
    learning_rate: float
    seed: int


WEIGHT_DECAY = 0.001  # as models.heads has it; a test holds the two together


def classify_script(classes: Sequence[str], top: int, threshold: float) -> str:
    """The program that names the pictures of a folder; `threshold` is from 0 to 1.

    The names of the classes may hold anything: they are written as JSON strings.
    """
    return _CLASSIFY.format(
        network_file=NETWORK_FILE,
        folder=PICTURES,
        classes=json.dumps(list(classes)),
        top=min(top, len(classes)),
        threshold=f"{threshold:g}",
        percent=f"{100 * threshold:.0f}",
    )


def teach_script(backbone: Backbone, schedule: Schedule, every: int, first: int) -> str:
    """The program that trains a head on folders of pictures, as the page does.

    Of each class the pictures whose place leaves `first` when divided by `every` are held out.
    """
    if backbone.is_bundled:
        source = _FROM_FILE.format(backbone_file=BACKBONE_FILE)
        needs = f", and\n# `{BACKBONE_FILE}`, which the page offers for download"
    else:
        source = _MOBILENET.format(side=backbone.side, width=backbone.width)
        needs = ". Keras\n# downloads the network and keeps it"
    return _TEACH_HEAD.format(
        folder=PICTURES,
        needs=needs,
        seed=schedule.seed,
        backbone=source,
        every=every,
        first=first,
        n_features=backbone.n_features,
        learning_rate=repr(schedule.learning_rate),
        weight_decay=WEIGHT_DECAY,
        epochs=schedule.epochs,
        network_file=NETWORK_FILE,
    )
