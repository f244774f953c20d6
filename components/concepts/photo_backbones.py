"""The networks that photos can be shown to, and what they were fine-tuned for; no Keras here."""

from dataclasses import dataclass

from components.concepts.photo_network import PHOTO_WEIGHTS

BUNDLED = "bundled"


@dataclass(frozen=True)
class Backbone:
    """A pretrained network without its answer: from a square picture to a row of features.

    `side` is the height and width of the pictures that it reads, `n_parameters` counts the
    weights up to the features, `n_raw_classes` the classes it was pretrained on. `width` is
    MobileNetV2's own α. `weights_file` is in assets/ for the bundled network, else in
    Keras's cache, `bytes` large.
    """

    key: str
    title: str
    side: int
    n_features: int
    n_parameters: int
    n_raw_classes: int
    pretrained_on: str
    source: str
    licence: str
    weights_file: str
    width: float = 1.0

    @property
    def is_bundled(self) -> bool:
        """Whether it comes with the project."""
        return self.key == BUNDLED

    @property
    def top_file(self) -> str:
        """The weights of a network of Keras's together with its answer to 1,000 classes."""
        return self.weights_file.replace("_no_top", "")


BACKBONES: dict[str, Backbone] = {
    BUNDLED: Backbone(
        key=BUNDLED,
        title="The bundled network",
        side=64,
        n_features=256,
        n_parameters=1_229_280,
        n_raw_classes=202,
        pretrained_on="101,000 pictures of 64 × 64 pixels from ImageNet, in 202 classes",
        source="made by this project",
        licence="the weights: as the project; ImageNet's pictures are for research and teaching",
        weights_file=PHOTO_WEIGHTS,
    ),
    "mobilenet_035": Backbone(
        key="mobilenet_035",
        title="MobileNetV2, small (α = 0.35)",
        side=224,
        n_features=1280,
        n_parameters=410_208,
        n_raw_classes=1000,
        pretrained_on="1.28 million pictures from ImageNet, in 1,000 classes",
        source="Sandler et al. 2018, through keras.applications",
        licence="Apache-2.0",
        weights_file="mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top.h5",
        width=0.35,
    ),
    "mobilenet_100": Backbone(
        key="mobilenet_100",
        title="MobileNetV2, full (α = 1)",
        side=224,
        n_features=1280,
        n_parameters=2_257_984,
        n_raw_classes=1000,
        pretrained_on="1.28 million pictures from ImageNet, in 1,000 classes",
        source="Sandler et al. 2018, through keras.applications",
        licence="Apache-2.0",
        weights_file="mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5",
        width=1.0,
    ),
}


@dataclass(frozen=True)
class Task:
    """What a network was fine-tuned to tell apart.

    `classes` are the names in plain words, in the order of the probabilities; `folders` are the
    names that the pictures' own data set has for them. `title` stands on the page. `side` is
    that of the pictures which the bundled network was fine-tuned on.
    """

    key: str
    title: str
    classes: tuple[str, ...]
    folders: tuple[str, ...]
    data: str
    data_licence: str
    side: int


TASKS: dict[str, Task] = {
    "cats_dogs": Task(
        key="cats_dogs",
        title="Cats and dogs",
        classes=("cat", "dog"),
        folders=("cats", "dogs"),
        data="pictures of cats and dogs from Kaggle's Dogs vs. Cats",
        data_licence="none stated; the pictures themselves are not here",
        side=112,
    ),
    "clothing": Task(
        key="clothing",
        title="Clothing",
        classes=(
            "dress", "hat", "long-sleeved top", "jacket or coat", "trousers",
            "shirt", "shoes", "shorts", "skirt", "T-shirt",
        ),
        folders=(
            "dress", "hat", "longsleeve", "outwear", "pants",
            "shirt", "shoes", "shorts", "skirt", "t-shirt",
        ),
        data="the clothing data set (small) by Alexey Grigorev",
        data_licence="CC0-1.0",
        side=80,
    ),
}  # fmt: skip
