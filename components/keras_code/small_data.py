"""The comparison of "What about small data sets" as a Keras program.

It prints the accuracy of each way at its end, in each repeat, as the page measured it.
"""

import io

import numpy as np

from components.concepts.small_data import (
    BATCH_SIZE,
    FINE_TUNED,
    FROZEN,
    HEAD_RATE,
    SCRATCH,
    SCRATCH_RATE,
    LabelledPictures,
    SmallDataPlan,
    cut_below,
)

BASE_FILE, PICTURES_FILE = "base.keras", "small_data.npz"

_PROGRAM = """# %% [markdown]
# A small data set, learnt in three ways: {per_class} pictures of each of {n_classes} classes.
# Needs `pip install keras tensorflow` (or jax with KERAS_BACKEND=jax), and two files that the page
# offers for download, in the folder of this program: {base_file} and {pictures_file}.

# %%
import keras
import numpy as np

with np.load("{pictures_file}") as file:
    x_pool, y_pool = file["x_pool"], file["y_pool"]  # small sets are drawn from these
    x_held_out, y_held_out = file["x_held_out"], file["y_held_out"]  # never trained on
n_classes, per_class, epochs = {n_classes}, {per_class}, {epochs}

# %% [markdown]
# The pretrained network, up to its features. What it makes of the pictures is computed once.

# %%
base = keras.saving.load_model("{base_file}")
features_pool = base.predict(x_pool, verbose=0)
features_held_out = base.predict(x_held_out, verbose=0)


def with_head(features):
    head = keras.layers.Dense(n_classes, activation="softmax", name="head")
    return keras.Model(features.input, head(features.output))


def learn(model, rate, x, y, x_test):
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,  # compiling would take longer than these small trainings
    )
    model.fit(x, y, batch_size={batch_size}, epochs=epochs, verbose=0)
    answers = model.predict(x_test, verbose=0).argmax(axis=1)
    return float((answers == y_held_out).mean())


# %% [markdown]
# The three ways. Each begins with the same seed, so that it can be done again.

# %%
def frozen(seed, small):
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((features_pool.shape[1],))
    model = with_head(keras.Model(inputs, inputs))
    return model, learn(model, {head_rate}, features_pool[small], y_pool[small], features_held_out)


{fine_tuned}

def from_scratch(seed, small):
    keras.utils.set_random_seed(seed)
    network = keras.models.clone_model(base)  # built like it, with new weights at random
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = 0.9  # a small set has few batches to take its statistics from
    model = with_head(network)
    return learn(model, {scratch_rate}, x_pool[small], y_pool[small], x_held_out)


# %% [markdown]
# Draw small sets, and let each way learn them.

# %%
for seed in {seeds}:
    order = np.random.default_rng(seed).permutation(len(y_pool))
    small = np.concatenate([order[y_pool[order] == c][:per_class] for c in range(n_classes)])
    head, accuracy = frozen(seed, small)
    print(seed, "{frozen}", accuracy)
    print(seed, "{tuned}", fine_tuned(seed, small, head))
    print(seed, "{scratch}", from_scratch(seed, small))
"""

_PART = """def fine_tuned(seed, small, trained):
    base = keras.saving.load_model("{base_file}")
    keras.utils.set_random_seed(seed)
    cut = base.get_layer("{cut}").output  # below stays frozen, above learns
    below, above = keras.Model(base.input, cut), keras.Model(cut, base.output)
    for layer in above.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False  # its statistics come from far more pictures than these
    model = with_head(above)
    model.get_layer("head").set_weights(trained.get_layer("head").get_weights())
    x, x_test = below.predict(x_pool[small], verbose=0), below.predict(x_held_out, verbose=0)
    return learn(model, {rate!r}, x, y_pool[small], x_test)
"""

_WHOLE = """def fine_tuned(seed, small, trained):
    base = keras.saving.load_model("{base_file}")
    keras.utils.set_random_seed(seed)
    for layer in base.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False  # its statistics come from far more pictures than these
    model = with_head(base)  # all of it learns
    model.get_layer("head").set_weights(trained.get_layer("head").get_weights())
    return learn(model, {rate!r}, x_pool[small], y_pool[small], x_held_out)
"""


def small_data_script(plan: SmallDataPlan, pictures: LabelledPictures) -> str:
    """The program that makes the comparison `plan` on `pictures`. Raises PlanError."""
    plan.check(pictures.network, pictures.most_per_class)
    cut = cut_below(pictures.network, plan.unfreeze)
    fine_tuned = (_PART if cut else _WHOLE).format(base_file=BASE_FILE, cut=cut, rate=plan.rate)
    return _PROGRAM.format(
        per_class=plan.per_class,
        n_classes=len(pictures.classes),
        epochs=plan.epochs,
        base_file=BASE_FILE,
        pictures_file=PICTURES_FILE,
        batch_size=BATCH_SIZE,
        head_rate=HEAD_RATE,
        scratch_rate=SCRATCH_RATE,
        fine_tuned=fine_tuned,
        seeds=plan.seeds if len(plan.seeds) > 1 else f"({plan.seed},)",
        frozen=FROZEN,
        tuned=FINE_TUNED,
        scratch=SCRATCH,
    )


def pictures_file(pictures: LabelledPictures) -> bytes:
    """The pictures as the program reads them."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        x_pool=pictures.pool,
        y_pool=pictures.pool_labels,
        x_held_out=pictures.validation,
        y_held_out=pictures.validation_labels,
        classes=np.array(pictures.classes),
    )
    return file.getvalue()
