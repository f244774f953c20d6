"""The race of "Gradient descent" as a Keras program."""

from components.concepts.race import Race

_RACE = """# %% [markdown]
# A race downhill on the {title}: three optimisers from the same start.
# Needs `pip install keras tensorflow` (or jax with KERAS_BACKEND=jax). Run it from top to bottom.

# %%
import keras
import numpy as np

keras.config.set_floatx("float64")  # as many digits as on the page


class Loss(keras.layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=({n_weights},), name="w")

    def call(self, inputs):
        w = self.w
        return 0 * inputs + ({loss})


# %% [markdown]
# Each racer is a Keras optimiser with the number of steps that it takes.{note}

# %%
racers = {{
{racers}
}}
nothing = np.zeros((1, 1))
losses = []
for name, (optimiser, n_steps) in racers.items():
    layer = Loss()
    model = keras.Sequential([keras.Input((1,)), layer])
    layer.w.assign({start})
    model.compile(optimizer=optimiser, loss=lambda nothing, loss: keras.ops.mean(loss))
    if n_steps > 0:
        model.fit(nothing, nothing, epochs=n_steps, verbose=0)
    losses.append(float(model.predict(nothing, verbose=0)[0, 0]))
    print(name, "ends with a loss of", losses[-1])

# %% [markdown]
# The lowest loss wins.

# %%
print(min(losses))
"""

_NOTE = "\n# On the page a racer diverged; here it stops where it was last in sight."


def race_downhill(race: Race) -> str:
    """The same race, as far as it has gone; prints the lowest of the racers' last losses."""
    first = race.walks[0]
    racers = [
        f'    "{racer.name}": ({racer.optimiser.keras.format(repr(racer.learning_rate))}, '
        f"{walk.n_steps}),"
        for racer, walk in zip(race.racers, race.walks, strict=True)
    ]
    return _RACE.format(
        title=f"{first.landscape.title} surface",
        n_weights=first.landscape.n_weights,
        loss=first.landscape.keras_code,
        racers="\n".join(racers),
        start=[float(weight) for weight in first.weights[0]],
        note=_NOTE if any(walk.diverged for walk in race.walks) else "",
    )
