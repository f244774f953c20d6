"""1.6 Deeper networks: a playground on two inputs, with real Keras behind it."""

from components import lesson
from components.keras_code.notebook import notebook
from components.keras_code.playground import playground_script
from components.labs.address import page_runs
from components.labs.playground import runs, settings
from components.labs.playground.compare import show_runs
from components.labs.playground.controls import show_controls
from components.labs.playground.depth import show_depth
from components.labs.playground.picture import show_picture
from components.labs.playground.questions import ask_for_parameters
from components.widgets.settings_in_url import adopt_url

IDEA = """
A node draws one straight border through what comes in, softened by its activation. A layer of
nodes draws several. The next layer takes those borders for its inputs and puts them together:
corners, bands, rings. Each layer builds on what the one before has found, and no one tells it
what to find. The small maps show what every node says, for every place of the two inputs.

Points that are held out, the **test** points, tell whether the network found the rule or learnt
the training points by heart.
"""

TAKEAWAY = """
- Without a hidden layer, the border is a straight line, whatever the weights.
- More nodes draw more lines; more layers put them together into shapes.
- Watch the test loss. A big network on few noisy points learns the noise as well.
- Regularisation puts a price on large weights, and a smoother border is what you get for it.
"""

lesson.begin("deeper_networks")
adopt_url(settings.TABLE)
page_runs()
picture, controls = lesson.lab(0.69)
with controls:
    show_controls()
with picture:
    show_picture()

lesson.idea(IDEA)
ask_for_parameters(runs.current_run().record.plan)
show_runs()
show_depth()
run = runs.current_run()
script = playground_script(run.record, run.state)
lesson.in_keras(script, lambda: notebook(script, "Deeper networks"), "deeper_networks")
lesson.takeaway(TAKEAWAY)
