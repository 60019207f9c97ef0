import pytest
from PIL import Image

from photosort.errors import InputProblem
from photosort.progress import Job
from photosort.search.heat import Where
from photosort.search.query_language import parse
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import photo_table
from photosort.usecases.search import explanations, query_results


@pytest.fixture
def why(session):
    """The reasons of one photo, by its name."""

    def run(text, name, **options):
        catalog = photo_table.load(session)
        photo_id = int(catalog.ids[catalog.names.tolist().index(name)])
        (found,) = explanations.reasons(session, parse(text), catalog, [photo_id], **options)
        return found

    return run


def test_each_part_of_a_query_is_ticked_or_not(add, why):
    add("red", "IMG_1401.jpg")
    add("blue", "sea.jpg")
    filters, wanted, unwanted = why("type:jpeg red -blue", "IMG_1401.jpg")
    assert (filters.text, filters.fits, filters.probability) == ("type:jpeg", True, None)
    assert (wanted.text, wanted.unwanted, wanted.fits) == ("red", False, True)
    assert (unwanted.text, unwanted.unwanted, unwanted.fits) == ("blue", True, True)
    assert wanted.probability > 0.5 > unwanted.probability
    _, wanted, unwanted = why("type:jpeg red -blue", "sea.jpg")
    assert (wanted.fits, unwanted.fits) == (False, False)


@pytest.mark.parametrize(
    "text", ["red", "red tag:cat -blue", "All of it is red. All of it is blue."]
)
def test_an_answer_is_explained_by_what_was_compared_for_it(
    add, session, encoder, monkeypatch, text
):
    add("red", "a.jpg")
    add("blue", "b.jpg")
    read: list[str] = []
    encode = encoder.encode_texts

    def counted(texts):
        read.extend(texts)
        return encode(texts)

    monkeypatch.setattr(encoder, "encode_texts", counted)
    found = query_results.search(session, text, limit=9, include_weak=True)
    in_answer = list(read)
    why = explanations.explained(session, found.asked, [hit.photo_id for hit in found.hits])
    assert in_answer
    assert read == in_answer
    catalog = photo_table.load(session)
    ids = [hit.photo_id for hit in found.hits]
    assert why == explanations.reasons(session, parse(text), catalog, ids)


def test_what_fits_weighs_above_zero_and_what_does_not_below(add, why):
    add("red", "a.jpg")
    add("blue", "b.jpg")
    assert all(reason.weight > 0 for reason in why("red -blue type:jpeg", "a.jpg"))
    assert all(reason.weight < 0 for reason in why("red -blue type:png", "b.jpg"))


def test_words_are_said_with_where_they_stand(add, why):
    add("blue", "IMG_1401.jpg")
    (reason,) = why("img 1401 red", "IMG_1401.jpg", by_sight=False)
    assert dict(reason.found_in) == {"img": ("name",), "1401": ("name",)}
    assert reason.probability is None
    assert not reason.fits


def test_every_clause_of_a_long_description_is_ticked_by_itself(add, why):
    add("red", "a.jpg")
    add("blue", "b.jpg")
    first, second = why("All of it is red. All of it is blue.", "a.jpg")
    assert (first.fits, second.fits) == (True, False)


def test_a_photo_like_another(add, why):
    folder = add("red", "a.jpg", "b.jpg")
    add("blue", "c.jpg")
    (reason,) = why(f'like:"{folder / "a.jpg"}"', "b.jpg")
    assert reason.probability is not None
    (itself,) = why(f'like:"{folder / "a.jpg"}"', "a.jpg")
    assert itself.probability is None


def test_the_heat_map_shows_where_by_covering_parts(session, tmp_path):
    picture = Image.new("RGB", (320, 240), (30, 60, 220))
    picture.paste((220, 30, 30), (240, 160, 320, 240))
    folder = tmp_path / "photos"
    folder.mkdir()
    picture.save(folder / "corner.png")
    index_run.index(session, [str(folder)], job=Job())
    catalog = photo_table.load(session)
    found = explanations.heat_map(session, "red", int(catalog.ids[0]), catalog)
    assert found.heat.shape == (8, 8)
    assert found.where is Where.LOWER_RIGHT
    (folder / "corner.png").unlink()
    with pytest.raises(InputProblem):
        explanations.heat_map(session, "red", int(catalog.ids[0]), catalog)
