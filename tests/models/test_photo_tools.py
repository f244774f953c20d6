"""The tools that make the photo networks: crops, splits, figures, a run that is taken up again."""

import io
import json
import zipfile
from pathlib import Path

import keras
import numpy as np
import pytest
from PIL import Image

from components.models.photo_network import load_photo_network
from tools import kept_run, pretrain_backbone
from tools.augmentation import AugmentedBatches, cosine, padded
from tools.measure import calibration, choose_threshold, confusion, not_sure
from tools.picture_sets import NEAR, PARTS, other_pictures, read_set

RNG = np.random.default_rng(6)


def colour(red: int) -> bytes:
    """A picture that is nearly of one colour."""
    pixels = np.clip(RNG.normal(red, 12, (64, 64, 3)), 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "WEBP", lossless=True)
    return file.getvalue()


@pytest.fixture(scope="module")
def tiny_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two classes, dark and bright, 8 pictures of each to train on and 3 to measure on."""
    path = tmp_path_factory.mktemp("pictures") / "tiny.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("classes.json", json.dumps({"n1": "dark, dim", "n2": "bright"}))
        for number, red in (("n1", 60), ("n2", 190)):
            for part, count in (("train", 8), ("val", 3)):
                for i in range(count):
                    archive.writestr(f"{part}/{number}/{i}.webp", colour(red))
    return path


def pretrain(tiny_zip: Path, work: Path, epochs: int, *, bfloat16: bool = False) -> keras.Model:
    recipe = pretrain_backbone.Recipe(
        epochs=epochs, batch_size=8, learning_rate=0.02, bfloat16=bfloat16
    )
    return pretrain_backbone.pretrain(pretrain_backbone.read_pictures(tiny_zip), recipe, work)


def test_pretraining_goes_on_where_it_was_left(
    tiny_zip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pretrain(tiny_zip, tmp_path / "whole", 2)

    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(
            kept_run._Follow,
            "on_epoch_begin",
            lambda self, epoch, logs=None: break_off() if epoch == 1 else None,
            raising=False,
        )
        with pytest.raises(KeyboardInterrupt):
            pretrain(tiny_zip, tmp_path / "broken", 2)
    assert kept_run.epochs_done(tmp_path / "broken") == 1
    resumed = pretrain(tiny_zip, tmp_path / "broken", 2)
    for one, other in zip(whole.get_weights(), resumed.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-4)


def test_the_command_writes_a_network_with_its_accuracy(
    tiny_zip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "network.npz"
    pretrain_backbone.main(
        [str(tiny_zip), str(tmp_path / "work"), str(path), "--epochs", "1", "--batch-size", "8",
         "--bfloat16"]
    )  # fmt: skip
    with np.load(path) as file:
        assert list(file["classes"]) == ["dark", "bright"]
        assert int(file["measured_on"]) == 6
        said = float(file["accuracy"])
    pictures = pretrain_backbone.read_pictures(tiny_zip)
    answers = np.asarray(load_photo_network(path)(pictures.validation)).argmax(axis=1)
    assert said == pytest.approx((answers == pictures.validation_labels).mean())
    assert f"{said:.4f} of 6 validation pictures" in capsys.readouterr().out


def test_crops_repeat_and_come_from_the_picture() -> None:
    pictures = RNG.integers(0, 256, (10, 20, 20, 3)).astype(np.uint8)
    targets = np.eye(10, dtype=np.float32)

    def batches(epoch: int) -> AugmentedBatches:
        return AugmentedBatches([pictures], targets, 16, 4, seed=1, first_epoch=epoch, brightness=0)

    one, later = batches(0), batches(1)
    assert len(one) == 2
    first, labels = one[0]
    np.testing.assert_array_equal(first, batches(0)[0][0])
    for crop, target in zip(first, labels, strict=True):
        source = pictures[target.argmax()]
        places = [source[top : top + 16, left : left + 16] for top in range(5) for left in range(5)]
        assert any(
            np.array_equal(crop, place) or np.array_equal(crop, place[:, ::-1]) for place in places
        )
    one.on_epoch_end()
    np.testing.assert_array_equal(one[1][0], later[1][0])
    assert not np.array_equal(first, later[0][0])


def test_padding_reflects() -> None:
    row = np.arange(5, dtype=np.uint8)[None, None, :, None].repeat(3, axis=1).repeat(3, axis=3)
    assert list(padded(row, 2)[0, 2, :, 0]) == [2, 1, 0, 1, 2, 3, 4, 3, 2]


def test_the_learning_rate_rises_and_falls() -> None:
    rates = [cosine(0.2, step, 100, warm_up=10) for step in range(101)]
    assert rates[0] == pytest.approx(0.02)
    assert max(rates) == rates[9] == rates[10] == pytest.approx(0.2)
    assert rates[55] == pytest.approx(0.1)
    assert rates[100] == pytest.approx(0, abs=1e-12)


def test_figures_of_a_card() -> None:
    chances = np.array([[0.9, 0.1], [0.6, 0.4], [0.35, 0.65], [0.2, 0.8]], np.float32)
    labels = np.array([0, 1, 1, 1])
    assert confusion(chances, labels) == [[1, 0], [1, 2]]
    bins, error = calibration(chances, labels)
    assert sum(each["count"] for each in bins) == 4
    # 0.1 away at 0.9, 0.2 at 0.8, and 0.125 away for the two between 0.6 and 0.7
    assert error == pytest.approx((0.1 + 0.2 + 2 * 0.125) / 4, abs=1e-6)
    assert not_sure(chances, 0.7) == 0.5


def test_the_threshold_tells_own_from_foreign() -> None:
    own = np.tile(np.array([[0.95, 0.05]], np.float32), (20, 1))
    foreign = np.tile(np.array([[0.6, 0.4]], np.float32), (20, 1))
    assert choose_threshold(own, foreign) == pytest.approx(0.61)
    assert choose_threshold(foreign, own) == 0.5  # nothing is gained, so the lowest


def test_no_picture_is_in_two_parts(test_data: Path) -> None:
    parts = read_set("cats_dogs", test_data)
    names = [name for part in PARTS for name in parts[part].names]
    assert len(names) == len(set(names)) == 2000
    assert [len(parts[part].labels) for part in PARTS] == [1440, 160, 400]
    assert [int((parts["test"].labels == label).sum()) for label in (0, 1)] == [200, 200]


def test_foreign_pictures_are_of_other_things(test_data: Path) -> None:
    assert len(other_pictures("clothing", test_data, 12, measure=True)) == 12
    with zipfile.ZipFile(test_data / "tiny-imagenet-webp.zip") as archive:
        titles = {
            title.split(",")[0] for title in json.loads(archive.read("classes.json")).values()
        }
    for near in NEAR.values():
        assert near <= titles  # each is spelt as in the set
