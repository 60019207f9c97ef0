from __future__ import annotations

import numpy as np
import pytest

from photosort.media.countries import in_language
from photosort.media.place_finder import Gazetteer, gazetteer

PLACES = {
    "Lisbon": (38.711, -9.13),  # its district Alfama has an entry of its own
    "New York City": (40.7127, -74.006),
    "Newark": (40.7357, -74.1724),  # within the reach of New York, but in New Jersey
    "Tokyo": (35.68, 139.76),
    "Yosemite Valley": (37.746, -119.53),
}


@pytest.mark.parametrize("town", PLACES)
def test_a_place_has_the_name_that_people_use(town: str) -> None:
    latitude, longitude = PLACES[town]
    (found,) = gazetteer().names(np.array([latitude]), np.array([longitude]))
    assert found.town == town


def test_names_keep_the_order_of_the_places() -> None:
    where = np.array(list(PLACES.values()))
    found = gazetteer().names(where[:, 0], where[:, 1])
    assert [place.town for place in found] == list(PLACES)
    assert str(found[0]) == "Lisbon, Portugal"


def test_the_middle_of_the_sea_has_no_name() -> None:
    (found,) = gazetteer().names(np.array([-48.0]), np.array([-125.0]))
    assert str(found) == ""


def test_no_places() -> None:
    assert gazetteer().names(np.zeros(0), np.zeros(0)) == []


def test_the_date_line_parts_no_neighbours() -> None:
    """Taveuni lies on it; the only town of this country does so to the east."""
    rows: list[dict[str, object]] = [
        {"country_code": "FJ", "city": "East", "latitude": -16.8, "longitude": -179.9, "population": 9000},
        {"country_code": "FJ", "city": "West", "latitude": -16.8, "longitude": 170, "population": 9000},
    ]  # fmt: skip
    (found,) = Gazetteer(rows, {}).names(np.array([-16.8]), np.array([179.95]))  # type: ignore[arg-type]
    assert (found.town, found.country) == ("East", "Fiji")


def test_districts_are_the_finer_level() -> None:
    (found,) = gazetteer().names(np.array([21.0287]), np.array([105.8524]))
    assert (found.town, found.district) == ("Hanoi", "Hoàn Kiếm")


def test_countries_have_their_official_and_foreign_names_too() -> None:
    (found,) = gazetteer().names(np.array([37.5796]), np.array([126.977]))
    assert str(found) == "Seoul, South Korea"
    assert "Korea, Republic of" in found.also
    assert "Südkorea" in found.also


def test_countries_in_other_languages() -> None:
    assert in_language("South Korea", "de_DE") == "Südkorea"
    assert in_language("Côte d’Ivoire", "en_GB") == "Côte d’Ivoire"
    assert in_language("Czechia", "xx") == "Czechia"
    assert in_language("Atlantis", "de") == "Atlantis"


# Latitude, longitude, town ("" where none has to be named), country.
LANDMARKS = {
    "Colosseum": (41.8902, 12.4922, "Rome", "Italy"),
    "Navona": (41.8992, 12.4731, "Rome", "Italy"),
    "Castel SantAngelo": (41.9031, 12.4663, "Rome", "Italy"),
    "St Peter": (41.9022, 12.4539, "Vatican City", "Vatican City"),
    "Eiffel": (48.8584, 2.2945, "Paris", "France"),
    "Louvre": (48.8606, 2.3376, "Paris", "France"),
    "Mont St Michel": (48.636, -1.5115, "", "France"),
    "Big Ben": (51.5007, -0.1246, "London", "United Kingdom"),
    "Edinburgh Castle": (55.9486, -3.1999, "Edinburgh", "United Kingdom"),
    "Sagrada": (41.4036, 2.1744, "Barcelona", "Spain"),
    "Alhambra": (37.1761, -3.5881, "Granada", "Spain"),
    "Belem": (38.6916, -9.216, "Lisbon", "Portugal"),
    "Brandenburg": (52.5163, 13.3777, "Berlin", "Germany"),
    "Cologne Cathedral": (50.9413, 6.9583, "Köln", "Germany"),
    "Schonbrunn": (48.1845, 16.3122, "Vienna", "Austria"),
    "Charles Bridge": (50.0865, 14.4114, "Prague", "Czechia"),
    "Parliament of Budapest": (47.507, 19.0457, "Budapest", "Hungary"),
    "Wawel": (50.054, 19.9354, "Kraków", "Poland"),
    "Red Square": (55.7539, 37.6208, "Moscow", "Russia"),
    "Hermitage": (59.9398, 30.3146, "Saint Petersburg", "Russia"),
    "Acropolis": (37.9715, 23.7257, "Athens", "Greece"),
    "Hagia Sophia": (41.0086, 28.9802, "Istanbul", "Türkiye"),
    "Dubrovnik": (42.6407, 18.1077, "Dubrovnik", "Croatia"),
    "Little Mermaid": (55.6929, 12.5993, "Copenhagen", "Denmark"),
    "Nidaros": (63.4269, 10.3969, "Trondheim", "Norway"),
    "Longyearbyen": (78.2232, 15.6267, "Longyearbyen", "Svalbard & Jan Mayen"),
    "Hallgrimskirkja": (64.1417, -21.9266, "Reykjavík", "Iceland"),
    "Monaco Casino": (43.7392, 7.4274, "Monaco", "Monaco"),
    "Grand Place": (50.8467, 4.3525, "Brussels", "Belgium"),
    "Rijksmuseum": (52.36, 4.8852, "Amsterdam", "Netherlands"),
    "Gateway of India": (18.922, 72.8347, "Mumbai", "India"),
    "Taj Mahal": (27.1751, 78.0421, "Agra", "India"),
    "India Gate": (28.6129, 77.2295, "", "India"),
    "Gyeongbok": (37.5796, 126.977, "Seoul", "South Korea"),
    "Senso-ji": (35.7148, 139.7967, "Tokyo", "Japan"),
    "Kinkaku-ji": (35.0394, 135.7292, "Kyoto", "Japan"),
    "Tiananmen": (39.9055, 116.3976, "Beijing", "China"),
    "The Bund": (31.2397, 121.4903, "Shanghai", "China"),
    "HK Peak": (22.2759, 114.1455, "Hong Kong", "Hong Kong SAR China"),
    "Taipei 101": (25.0336, 121.5646, "Taipei", "Taiwan"),
    "Hoan Kiem": (21.0287, 105.8524, "Hanoi", "Vietnam"),
    "Angkor Wat": (13.4125, 103.867, "", "Cambodia"),
    "Grand Palace": (13.75, 100.4913, "Bangkok", "Thailand"),
    "Petronas": (3.1579, 101.7116, "Kuala Lumpur", "Malaysia"),
    "Marina Bay": (1.2834, 103.8607, "Singapore", "Singapore"),
    "Borobudur": (-7.6079, 110.2038, "", "Indonesia"),
    "Burj Khalifa": (25.1972, 55.2744, "Dubai", "United Arab Emirates"),
    "Western Wall": (31.7767, 35.2345, "Jerusalem", "Israel"),
    "Petra": (30.3285, 35.4444, "", "Jordan"),
    "Registan": (39.6547, 66.9758, "Samarkand", "Uzbekistan"),
    "Pyramids": (29.9792, 31.1342, "", "Egypt"),
    "Khan el-Khalili": (30.0477, 31.2623, "Cairo", "Egypt"),
    "Jemaa": (31.6258, -7.9891, "Marrakesh", "Morocco"),
    "Table Mountain": (-33.9628, 18.4098, "Cape Town", "South Africa"),
    "Victoria Falls ZW": (-17.9318, 25.8277, "", "Zimbabwe"),
    "Uhuru": (-1.2864, 36.8172, "Nairobi", "Kenya"),
    "Stone Town": (-6.1622, 39.1921, "Zanzibar", "Tanzania"),
    "Mbabane": (-26.3186, 31.141, "Mbabane", "Eswatini"),
    "Kinshasa": (-4.3217, 15.3125, "Kinshasa", "Congo - Kinshasa"),
    "Brazzaville": (-4.2634, 15.2429, "Brazzaville", "Congo - Brazzaville"),
    "Lagos": (6.4541, 3.3947, "Lagos", "Nigeria"),
    "Exchange Place": (40.7163, -74.0336, "Jersey City", "United States"),
    "Times Square": (40.758, -73.9855, "New York City", "United States"),
    "Golden Gate Park": (37.7694, -122.4862, "San Francisco", "United States"),
    "Hollywood Sign": (34.1341, -118.3215, "Los Angeles", "United States"),
    "White House": (38.8977, -77.0365, "Washington", "United States"),
    "Cloud Gate": (41.8827, -87.6233, "Chicago", "United States"),
    "Windsor ON": (42.3149, -83.0364, "Windsor", "Canada"),
    "Detroit RenCen": (42.3293, -83.0397, "Detroit", "United States"),
    "CN Tower": (43.6426, -79.3871, "Toronto", "Canada"),
    "Zocalo": (19.4326, -99.1332, "Mexico City", "Mexico"),
    "Malecon": (23.1444, -82.3597, "Havana", "Cuba"),
    "Cristo": (-22.9519, -43.2105, "Rio de Janeiro", "Brazil"),
    "Paulista": (-23.5614, -46.6559, "São Paulo", "Brazil"),
    "Obelisco": (-34.6037, -58.3816, "Buenos Aires", "Argentina"),
    "Machu Picchu": (-13.1631, -72.545, "", "Peru"),
    "Easter Island": (-27.1253, -109.2769, "", "Chile"),
    "Sydney Opera House": (-33.8568, 151.2153, "Sydney", "Australia"),
    "Uluru": (-25.3444, 131.0369, "", "Australia"),
    "Sky Tower": (-36.8485, 174.7633, "Auckland", "New Zealand"),
    "Suva": (-18.1416, 178.4419, "Suva", "Fiji"),
    "Taveuni 180": (-16.8, 179.99, "", "Fiji"),
    "Papeete": (-17.5516, -149.5585, "Papeete", "French Polynesia"),
    "McMurdo": (-77.85, 166.67, "", "Antarctica"),
    "Mid Atlantic": (30.0, -40.0, "", ""),
    "North Pole": (90.0, 0.0, "", ""),
    "Point Nemo": (-48.9, -123.4, "", ""),
    "Kehl": (48.573, 7.8155, "Kehl", "Germany"),
    "Strasbourg": (48.5819, 7.751, "Strasbourg", "France"),
    "Basel": (47.5565, 7.5925, "Basel", "Switzerland"),
    "San Marino": (43.9363, 12.4466, "", "San Marino"),
    "Gibraltar": (36.1408, -5.3536, "Gibraltar", "Gibraltar"),
    "Pristina": (42.6629, 21.1655, "Pristina", "Kosovo"),
    "Bratislava": (48.1424, 17.1, "Bratislava", "Slovakia"),
}


def test_landmarks_of_all_continents() -> None:
    where = np.array([place[:2] for place in LANDMARKS.values()])
    found = gazetteer().names(where[:, 0], where[:, 1])
    wrong = {
        name: str(place)
        for (name, (_, _, town, country)), place in zip(LANDMARKS.items(), found, strict=True)
        if place.country != country or (town and place.town != town)
    }
    assert wrong == {}


def test_no_name_has_two_dots_above_an_i() -> None:
    names, _, _ = gazetteer().towns()
    assert "Osmaniye" in names
    assert not [name for name in names if "i\u0307" in name]


@pytest.mark.parametrize(
    ("typed", "known"), [("İzmir", "Izmir"), ("malaga", "Málaga"), ("são paulo", "Sao Paulo")]
)
def test_a_town_is_found_with_accents_and_without(typed: str, known: str) -> None:
    found = gazetteer().find(typed)
    assert found is not None
    assert found == gazetteer().find(known)
