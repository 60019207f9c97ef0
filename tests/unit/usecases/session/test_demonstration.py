import pytest

from photosort.errors import EnvironmentProblem
from photosort.usecases.session import demonstration


def test_there_are_none_without_the_packages(monkeypatch):
    assert demonstration.is_available()
    monkeypatch.setattr(demonstration, "find_spec", lambda name: None)
    assert not demonstration.is_available()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentProblem, match="demonstration photos"):
        demonstration.demonstration_photos(tmp_path / "file")
