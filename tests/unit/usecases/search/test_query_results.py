import numpy as np
import pytest

from photosort.domain.tags import TagState
from photosort.errors import InputProblem
from photosort.search.cutoff import Verdict
from photosort.search.query_language import parse
from photosort.store.tables import fulltext
from photosort.usecases.albums import user_albums
from photosort.usecases.photos import date_changes, decisions, photo_table, place_changes
from photosort.usecases.search import like_target, query_results, similarity
from photosort.usecases.search.query_results import Example
from photosort.usecases.search.query_translation import Note
from photosort.usecases.tags import tagging
from tests.fixtures.colours import cut_of


@pytest.fixture
def ask(session, named):
    """Names of the photos that are good matches, and what else there is of the answer."""

    def run(text, **options):
        catalog = photo_table.load(session)
        found = query_results.answer(session, parse(text), catalog, **options)
        return named(found.ids[: found.strong])

    return run


@pytest.fixture
def photos(add):
    folder = add("red", "IMG_1401.jpg", "b.jpg")
    add("blue", "sea.jpg")
    add("green", "meadow.jpg")
    return folder


def test_a_file_name_is_found_by_itself(ask, photos):
    assert ask("IMG_1401") == ["IMG_1401.jpg"]
    assert ask("IMG_1401", by_sight=False) == ["IMG_1401.jpg"]


def test_a_caption_counts_beside_the_picture(ask, session, photos):
    catalog = photo_table.load(session)
    blue = int(catalog.ids[catalog.names.tolist().index("sea.jpg")])
    decisions.describe(session, [blue], {"caption": "the red boat of my aunt"})
    assert set(ask("red")) == {"IMG_1401.jpg", "b.jpg", "sea.jpg"}
    assert ask("boat of my aunt") == ["sea.jpg"]


def test_a_suggested_tag_is_evidence_for_its_own_word(ask, session, photos):
    catalog = photo_table.load(session)
    ids = dict(zip(catalog.names.tolist(), catalog.ids.tolist(), strict=True))
    tagging.set_tag_state(session, "octopus", [ids["meadow.jpg"]], TagState.REJECTED)
    likely = np.array([ids["sea.jpg"], ids["meadow.jpg"]])
    asked = {"suggested": lambda keys: likely if keys == {"octopus"} else likely[:0]}
    assert ask("octopus") == []
    assert ask("octopus", **asked) == ["sea.jpg"]
    assert ask("octopus", by_sight=False, **asked) == ["sea.jpg"]
    assert "sea.jpg" not in ask("-octopus", **asked)
    assert "sea.jpg" not in ask("octopus garden", **asked)


@pytest.mark.parametrize("field", ["tag", "album"])
def test_an_unknown_tag_or_album_finds_nothing_and_is_noted(session, photos, field):
    catalog = photo_table.load(session)

    def suggested(keys):
        return catalog.ids if not keys else catalog.ids[:0]

    def run(text):
        return query_results.answer(session, parse(text), catalog, suggested=suggested)

    found = run(f"{field}:nosuchword")
    assert found.ids.tolist() == []
    assert found.notes == (Note("nosuchword", unknown=field),)
    assert sorted(run(f"-{field}:nosuchword").ids.tolist()) == sorted(catalog.ids.tolist())


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("red", Verdict.UNSURE),
        ("octopus", Verdict.ABSENT),
        ("octopus (red OR green)", Verdict.ABSENT),
        ("octopus OR red", Verdict.UNSURE),
        ("octopus OR unicorn", Verdict.ABSENT),
        ("octopus type:jpeg", Verdict.ABSENT),
        ("red -octopus", Verdict.UNSURE),
        ("red after:2090", Verdict.UNSURE),
        ("type:jpeg", Verdict.GOOD),
    ],
)
def test_only_what_no_photo_shows_is_absent(session, encoder, photos, text, verdict):
    encoder.set_references(cut=cut_of(-9.5))
    found = query_results.answer(session, parse(text), photo_table.load(session))
    assert found.verdict is verdict


def test_what_is_named_is_not_absent(session, photos):
    catalog = photo_table.load(session)
    decisions.describe(session, [int(catalog.ids[0])], {"caption": "the octopus"})
    found = query_results.answer(session, parse("octopus"), photo_table.load(session))
    assert (found.verdict, found.strong) == (Verdict.GOOD, 1)


def test_possible_matches_are_the_most_probable_whatever_their_order(session, add, named):
    add("green", *(f"g{number}.jpg" for number in range(8)))
    add("blue", *(f"b{number}.jpg" for number in range(8)))
    found = query_results.answer(session, parse("red sort:name"), photo_table.load(session))
    likely = query_results.answer(session, parse("red"), photo_table.load(session))
    assert (found.strong, found.possible) == (0, 10)
    assert set(found.ids[:10]) == set(likely.ids[:10])
    assert named(found.ids[:10]) == sorted(named(found.ids[:10]))


def test_what_is_unwanted_goes(ask, photos):
    assert "sea.jpg" not in ask("-blue")
    assert set(ask("red -b")) == {"IMG_1401.jpg"}


def test_a_photo_as_example(ask, photos):
    # Likeness is not measured for this encoder, so that none of four photos stands out.
    def first(text, **options):
        return ask(text, cutoff=0.0, **options)[0]

    assert first("type:jpeg", example=Example((str(photos / "b.jpg"),))) == "IMG_1401.jpg"
    beside = Example((str(photos / "b.jpg"),), words_share=1.0)
    assert first("blue", example=beside) == "sea.jpg"


def test_several_photos_are_one_example(session, photos):
    both = similarity.alike(session, [str(photos / "b.jpg"), str(photos / "sea.jpg")])
    assert len(both.ids) == 2
    one = similarity.alike(session, [str(photos / "b.jpg")])
    assert len(one.ids) == 3


def test_a_part_of_a_photo_is_searched_by(session, tmp_path, photos, named):
    from PIL import Image

    halves = Image.new("RGB", (200, 100), (220, 30, 30))
    halves.paste((30, 60, 220), (100, 0, 200, 100))
    path = tmp_path / "halves.png"
    halves.save(path)
    left = similarity.alike(session, [f"{path}#0,0,45,100"])
    right = similarity.alike(session, [f"{path}#55,0,45,100"])
    assert named([left.ids[left.probabilities.argmax()]])[0] in {"IMG_1401.jpg", "b.jpg"}
    assert named([right.ids[right.probabilities.argmax()]]) == ["sea.jpg"]


def test_a_part_in_words_and_back(tmp_path):
    path, box = like_target.parse_like_target("/a/b.jpg#12.5,30,40,25")
    assert path == "/a/b.jpg"
    assert (box.left, box.top, box.width, box.height) == (0.125, 0.3, 0.4, 0.25)
    assert like_target.target_of(path, box) == "/a/b.jpg#12.5,30,40,25"
    really = tmp_path / "x#1,2,3,4"
    really.write_text("")
    assert like_target.parse_like_target(str(really)) == (str(really), None)


@pytest.mark.parametrize("target", ["{}/gone.jpg", "{}/notes.txt", "{}/b.jpg#10,10,0,5"])
def test_an_example_that_is_no_picture_is_told(ask, photos, target):
    (photos / "notes.txt").write_text("not a picture")
    with pytest.raises(InputProblem, match=str(photos)):
        ask(f'like:"{target.format(photos)}"')


BAD = [
    "-red",
    "-red -blue",
    "the of a",
    "a" * 10_000,
    "red dog " * 190,
    "'; DROP TABLE photos; --",
    "%_*?[]{}|^$.+",
    "(?:.*)+$",
    '"quoted" OR "more"',
    "👩‍👩‍👧 🐕",
    "r",
    "red green " * 190,
    "\u05db\u05dc\u05d1",
    "\u202egnp.exe",
    "собака на пляже",
    "x" * 500 + " -" + "y" * 500,
]


@pytest.mark.parametrize("text", BAD)
def test_odd_queries_are_answered(session, photos, text):
    catalog = photo_table.load(session)
    found = query_results.answer(session, parse(text), catalog)
    assert len(found.ids) <= 4
    assert found.probabilities is not None
    assert ((found.probabilities > 0) & (found.probabilities <= 1)).all()
    assert np.unique(found.ids).size == len(found.ids)


@pytest.mark.parametrize("text", ["", "  ", "on:2023-02-30", 'dog "on the', "((", "rating>9"])
def test_what_cannot_be_read_is_said_with_its_place(session, text):
    with pytest.raises(InputProblem) as problem:
        query_results.search(session, text, limit=5)
    assert problem.value.position is not None


def test_a_filter_never_moves_the_cut_off(ask, session, photos):
    everywhere = set(ask("red"))
    for text in ("red type:jpeg", "red folder:photos", "red -folder:elsewhere"):
        assert set(ask(text)) == everywhere
    catalog = photo_table.load(session)
    for photo_id, name in zip(catalog.ids.tolist(), catalog.names, strict=True):
        assert (ask("red", allowed=[photo_id]) == [name]) == (name in everywhere)


def test_this_photo_but_in_another_colour(session, tmp_path, named):
    from PIL import Image

    from photosort.progress import Job
    from photosort.usecases.indexing import index_run

    folder = tmp_path / "photos"
    folder.mkdir()
    for name, colour in {
        "red.png": (220, 30, 30),
        "dark red.png": (110, 15, 15),
        "blue.png": (30, 60, 220),
        "grey.png": (128, 128, 128),
    }.items():
        Image.new("RGB", (64, 64), colour).save(folder / name)
    index_run.index(session, [str(folder)], job=Job())
    query = parse(f'blue like:"{folder / "red.png"}"')
    found = query_results.answer(session, query, photo_table.load(session))
    assert named(found.ids)[0] == "blue.png"


def test_an_album_is_found_by_its_name_in_any_case_and_composition(ask, session, photos):
    catalog = photo_table.load(session)
    sea = int(catalog.ids[catalog.names.tolist().index("sea.jpg")])
    user_albums.create(session, "Ölberg in Zürich", [sea])
    for written in ("Ölberg in Zürich", "ölberg in zürich", "O\u0308lberg in Zu\u0308rich"):
        assert ask(f'album:"{written}"') == ["sea.jpg"]


@pytest.mark.parametrize(("stored", "typed"), [("Ärztin", "ärztin"), ("Cafe\u0301", "café")])
def test_a_tag_is_found_in_any_case_and_composition(session, photos, stored, typed):
    catalog = photo_table.load(session)
    tagging.set_tag_state(session, stored, [int(catalog.ids[0])], TagState.CONFIRMED)
    found = query_results.answer(session, parse(f"tag:{typed}"), catalog)
    assert (found.ids.tolist(), found.notes) == ([int(catalog.ids[0])], ())


def test_a_place_and_a_date_in_a_sentence_part_good_matches(session, add):
    add("red", "rome.jpg", "oslo.jpg", "nowhere.jpg")
    add("blue", "sea.jpg")
    catalog = photo_table.load(session)
    id_of = dict(zip(catalog.names.tolist(), catalog.ids.tolist(), strict=True))
    for name, town in (("rome.jpg", "Rome"), ("sea.jpg", "Rome"), ("oslo.jpg", "Oslo")):
        place_changes.set_place(session, [id_of[name]], place_changes.place_of_town(town))
    day = date_changes.parse_date("2019-07-03")
    date_changes.change_dates(session, date_changes.set_to([id_of["oslo.jpg"]], day))

    def found(text):
        answer = query_results.answer(session, parse(text), photo_table.load(session))
        good = sorted(catalog.names[catalog.row(int(one))] for one in answer.ids[: answer.strong])
        return good, answer

    good, answer = found("red in Rome")
    assert good == ["rome.jpg"]
    assert answer.notes == (Note("red in Rome", meant="place:Rome red"),)
    # What looks alike elsewhere, or nobody knows where, is possible but not denied.
    assert answer.possible == 3
    assert found("red in summer 2019")[0] == ["oslo.jpg"]
    assert found("2019")[0] == ["oslo.jpg"]
    assert found("red in 2019 in Rome")[0] == []
    assert found("octopus in Rome")[1].verdict is found("octopus")[1].verdict
    # No photo was taken there or then, so all of it is a description.
    assert found("red in Bergen")[1].notes == ()
    assert found("red in summer 2018")[1].notes == ()
    assert len(found("red in summer 2018")[0]) == 3


def groups_of(session, named, text):
    found = query_results.answer(session, parse(text), photo_table.load(session))
    assert sum(len(group.ids) for group in found.groups) in {found.strong, 0}
    return [(str(group.found_by), group.name, sorted(named(group.ids))) for group in found.groups]


def test_good_matches_are_grouped_by_what_found_them(session, add, named):
    add("red", "taken.jpg", "tagged.jpg", "seen.jpg")
    add("blue", "lisbon red.jpg", "both.jpg", "elsewhere.jpg")
    catalog = photo_table.load(session)
    id_of = dict(zip(catalog.names.tolist(), catalog.ids.tolist(), strict=True))
    there = [id_of["taken.jpg"], id_of["both.jpg"]]
    place_changes.set_place(session, there, place_changes.place_of_town("Lisbon"))
    tagged = [id_of["tagged.jpg"], id_of["both.jpg"]]
    for tag in ("Lisbon", "red"):
        tagging.set_tag_state(session, tag, tagged, TagState.CONFIRMED)
    assert groups_of(session, named, "lisbon") == [
        ("place", "Lisbon", ["both.jpg", "taken.jpg"]),
        ("tag", "Lisbon", ["tagged.jpg"]),
        ("name", "lisbon", ["lisbon red.jpg"]),
    ]
    assert groups_of(session, named, "in Lisbon")[0] == (
        "place",
        "Lisbon",
        ["both.jpg", "taken.jpg"],
    )
    assert groups_of(session, named, "red") == [
        ("tag", "red", ["both.jpg", "tagged.jpg"]),
        ("name", "red", ["lisbon red.jpg"]),
        ("sight", "", ["seen.jpg", "taken.jpg"]),
    ]
    # The words that are left beside a place, and what filters leave, are grouped as well.
    assert groups_of(session, named, "red in Lisbon") == [
        ("tag", "red", ["both.jpg", "tagged.jpg"]),
        ("name", "red", ["lisbon red.jpg"]),
        ("sight", "", ["taken.jpg"]),
    ]
    left = groups_of(session, named, "red folder:photos -tag:red")
    assert left[-1] == ("sight", "", ["seen.jpg", "taken.jpg"])
    for text in ("red OR blue", "type:jpeg", "-red"):
        assert groups_of(session, named, text) == []


def test_a_place_or_tag_of_very_many_photos_is_found(session, add, named, monkeypatch):
    add("blue", "a.jpg", "b.jpg")
    ids = photo_table.load(session).ids.tolist()
    place_changes.set_place(session, ids, place_changes.place_of_town("Lisbon"))
    tagging.set_tag_state(session, "octopus", ids, TagState.CONFIRMED)
    monkeypatch.setattr(fulltext, "_MOST_RANKED", 1)
    for text in ("Lisbon", "octopus"):
        found = query_results.answer(session, parse(text), photo_table.load(session))
        assert found.strong == 2


@pytest.mark.parametrize("text", ["of the", "x", "?!", "\U0001f1e9\U0001f1ea", "собака на пляже"])
def test_what_cannot_be_read_is_not_denied(session, encoder, photos, text):
    encoder.set_references(cut=cut_of(-9.5))
    found = query_results.answer(session, parse(text), photo_table.load(session))
    assert (found.verdict, found.strong, len(found.notes)) == (Verdict.UNSURE, 0, 1)


@pytest.mark.parametrize("text", ["of the", "x", "?!"])
def test_words_that_say_nothing_find_nothing_and_remove_nothing(session, encoder, photos, text):
    encoder.set_references(cut=cut_of(9.5))

    def strong(query):
        return query_results.answer(session, parse(query), photo_table.load(session)).strong

    assert strong("octopus") == 4
    assert strong(text) == 0
    assert strong(f"type:jpeg -({text})") == 4
    # A name is a name, though.
    assert strong(f"{text} OR b") >= 1


def test_nothing_is_absent_before_nearly_all_photos_were_seen(session, encoder, photos):
    encoder.set_references(cut=cut_of(-9.5))

    def verdict():
        catalog = photo_table.load(session)
        return query_results.answer(session, parse("octopus"), catalog).verdict

    assert verdict() is Verdict.ABSENT
    session.write(lambda store: store.connection.execute("DELETE FROM vectors WHERE id > 1"))
    assert verdict() is Verdict.UNSURE


def test_the_most_probable_come_first_and_equal_ones_in_their_order():
    draw = np.random.default_rng(5)
    probabilities = draw.choice(draw.random(40), 5_000).astype(np.float32)
    probabilities[::7] = np.float32(1e-38)
    probabilities[::11] = 1.0
    rows = np.flatnonzero(draw.random(5_000) < 0.7)
    expected = rows[np.argsort(-probabilities[rows], kind="stable")]
    np.testing.assert_array_equal(query_results.best_first(probabilities, rows), expected)
    assert len(query_results.best_first(probabilities, rows[:0])) == 0
