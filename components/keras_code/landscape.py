"""The measurement of one point of "Where deep learning shines" as a Keras program."""

from components.concepts.data_appetite import (
    BATCH_SIZE,
    MATERIALS,
    N_SEEN,
    N_TEST_WORKERS,
    TEST_WORKERS_SEED,
    WORKERS_SEED,
    Check,
)
from components.concepts.digit_sample import SAMPLE_FILE
from components.concepts.wage_data import (
    BASE_WAGE,
    CONSTRUCTION_PER_YEAR,
    EQUAL_AT,
    IN_A_BIG_CITY,
    NOISE,
    PER_YEAR_OF_EXPERIENCE,
    TECHNOLOGY_PER_YEAR,
)

_HEAD = """# %% [markdown]
# {title} from {n} {unit}: how often is it right on examples that it has never seen?
# Needs `pip install keras tensorflow` (or jax with KERAS_BACKEND=jax). Run it from top to bottom.

# %%
import keras
import numpy as np

seed = {seed}
"""

_DIGITS = """
# %% [markdown]
# Digits: put {file}, which the page offers beside this program, into the same folder.

# %%
with np.load("{file}") as sample:
    x_train, y_train = sample["x_train"], sample["y_train"]
    x_test, y_test = sample["x_test"], sample["y_test"]
chosen = np.random.default_rng(seed).permutation(len(y_train))[:{n}]
x_train, y_train = x_train[chosen, :, :, None].astype("float32") / 255, y_train[chosen]
x_test = x_test[:, :, :, None].astype("float32") / 255
"""

_WAGES = """
# %% [markdown]
# Workers, generated: education, experience, region, industry, and an hourly wage. The question
# is who earns more than the middle wage.


# %%
def make_workers(n, seed):
    rng = np.random.default_rng(seed)
    industry = rng.integers(0, 2, n)
    education = np.clip(np.round(rng.normal(12.5 + 1.5 * industry, 2.2)), 8, 18)
    experience = np.round(rng.uniform(0, 35, n))
    region = rng.integers(0, 2, n)
    per_year = np.where(industry == 1, {technology}, {construction})
    wage = (
        {base}
        + per_year * (education - {equal_at})
        + {experience} * experience
        + {city} * region
        + rng.normal(0, {noise}, n)
    )
    inputs = np.column_stack([education, experience, region, industry])
    return inputs, np.maximum(np.round(wage, 2), 4.0)


x_test, test_wage = make_workers({n_test}, {test_seed})
x_train, train_wage = make_workers({n}, {train_seed} + seed)
y_test, y_train = test_wage > np.median(test_wage), train_wage > np.median(test_wage)
mean, spread = x_train.mean(axis=0), x_train.std(axis=0)
spread[spread == 0] = 1
x_train, x_test = (x_train - mean) / spread, (x_test - mean) / spread
x_train, x_test = x_train.astype("float32"), x_test.astype("float32")
y_train, y_test = y_train.astype("uint8"), y_test.astype("uint8")
"""

_REST = """
# %% [markdown]
# {about}

# %%
keras.utils.set_random_seed(seed)
model = keras.Sequential(
    [
        keras.Input(x_train.shape[1:]),
{layers}
        keras.layers.Dense({n_classes}, activation="softmax"),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam({rate}), loss="sparse_categorical_crossentropy"
)

# %% [markdown]
# Every training sees {n_seen:,} examples. Where there are fewer, it sees them again and again.

# %%
rng = np.random.default_rng(seed)
rounds = -(-{n_seen} // len(y_train))
order = np.concatenate([rng.permutation(len(y_train)) for _ in range(rounds)])[:{n_seen}]
model.fit(x_train[order], y_train[order], batch_size={batch}, shuffle=False, verbose=2)

# %%
read = np.argmax(model.predict(x_test, batch_size=500, verbose=0), axis=1)
print(np.mean(read == y_test))
"""

_LAYERS = {
    "linear": ("Flatten()",),
    "dense": (
        "Flatten()",
        'Dense(32, activation="relu")',
        'Dense(32, activation="relu")',
    ),
    "conv": (
        'Conv2D(16, 3, activation="relu")',
        "MaxPooling2D(2)",
        'Conv2D(32, 3, activation="relu")',
        "MaxPooling2D(2)",
        "Flatten()",
    ),
}
_ABOUT = {
    "linear": "No hidden layer: a linear model, logistic regression.",
    "dense": "Two hidden layers.",
    "conv": "Two convolutions with pooling.",
}
_TITLES = {
    "linear": "A linear model learns",
    "dense": "A dense network learns",
    "conv": "A convolutional network learns",
}


def landscape_script(check: Check) -> str:
    """The program that measures `check`; it prints the accuracy. Raises PlanError where the
    check can't be measured."""
    check.check()
    is_table = check.material == "wages"
    unit = "workers" if is_table else "digits"
    title = _TITLES[check.learner]
    head = _HEAD.format(title=title, n=f"{check.n_examples:,}", unit=unit, seed=check.seed)
    data = _wages(check) if is_table else _DIGITS.format(file=SAMPLE_FILE, n=check.n_examples)
    rest = _REST.format(
        about=_ABOUT[check.learner],
        layers="\n".join(f"        keras.layers.{layer}," for layer in _LAYERS[check.learner]),
        n_classes=2 if is_table else 10,
        rate=MATERIALS[check.material].learning_rate,
        n_seen=N_SEEN,
        batch=BATCH_SIZE,
    )
    return head + data + rest


def _wages(check: Check) -> str:
    return _WAGES.format(
        technology=TECHNOLOGY_PER_YEAR,
        construction=CONSTRUCTION_PER_YEAR,
        base=BASE_WAGE,
        equal_at=EQUAL_AT,
        experience=PER_YEAR_OF_EXPERIENCE,
        city=IN_A_BIG_CITY,
        noise=NOISE,
        n_test=N_TEST_WORKERS,
        test_seed=TEST_WORKERS_SEED,
        train_seed=WORKERS_SEED,
        n=check.n_examples,
    )
