from photosort.usecases.models import vocabulary_vectors


def test_shipped_files_are_parsed_once_and_again_when_they_change(tmp_path, monkeypatch):
    path = tmp_path / "words.yaml"
    monkeypatch.setattr(vocabulary_vectors, "shipped_files", lambda: [path])
    path.write_text("- dog\n")
    first = vocabulary_vectors.shipped_vocabulary()
    assert vocabulary_vectors.shipped_vocabulary() is first
    path.write_text("- cat\n")
    assert [tag.name for tag in vocabulary_vectors.shipped_vocabulary()] == ["cat"]
