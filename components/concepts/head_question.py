"""How many parameters a head has, and what the usual slips would answer."""

from components.concepts.slips import Slip


def answer_to(n_features: int, n_classes: int) -> int:
    """The parameters of a head: each class has a weight for each feature, and a bias."""
    return (n_features + 1) * n_classes


def slips_in(n_features: int, n_classes: int, n_frozen: int) -> tuple[Slip, ...]:
    """The usual slips, for a head on a backbone with `n_frozen` parameters."""
    whole = answer_to(n_features, n_classes)
    return (
        Slip("forgot the biases", n_features * n_classes),
        Slip("counted one bias for all classes together", n_features * n_classes + 1),
        Slip("counted one class alone", n_features + 1),
        Slip("left out the class that is new", answer_to(n_features, n_classes - 1)),
        Slip("counted features and classes, and not the connections", n_features + n_classes),
        Slip("counted the frozen network, which is not trained", n_frozen),
        Slip("counted the frozen network as well, which is not trained", n_frozen + whole),
    )
