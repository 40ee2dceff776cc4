"""Reading one YAML file: plain data, lines, and every way in which a file can be unreadable."""

import unicodedata

import pytest

from motcua.foundation.packs.reader import ReadProblem, normal_text, read_data, read_lines, read_text


def problems_of(text):
    with pytest.raises(ReadProblem) as caught:
        read_data(text)
    return caught.value.found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("06652", "06652"),
        ("6652", 6652),
        ("-1", -1),
        ("0.35", 0.35),
        ("1.001193", 1.001193),
        ("'1.001193'", "1.001193"),
        ("07:30", "07:30"),
        ("2026-07-01", "2026-07-01"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("'true'", "true"),
        ("null", None),
        ("~", None),
        ("", None),
        ("0x1F", "0x1F"),
        ("1e5", "1e5"),
        ("12_000", "12_000"),
    ],
)
def test_scalars_are_read_as_people_mean_them(text, value):
    assert read_data(f"key: {text}\n") == {"key": value}


def test_what_is_named_once_may_be_used_again():
    text = "a: &both [x, y]\nb: *both\n"
    assert read_data(text) == {"a": ["x", "y"], "b": ["x", "y"]}


def test_lines_are_counted_from_one_and_follow_keys_and_items():
    text = "# a remark\nid: x\nfees:\n  - key: a\n    money: fee\n  - {key: b,\n     money: duty}\n"
    lines = read_lines(text)
    assert lines[("id",)] == 2
    assert lines[("fees", 0)] == 4
    assert lines[("fees", 0, "money")] == 5
    assert lines[("fees", 1, "money")] == 7


def test_every_doubled_key_is_told_with_its_line():
    found = problems_of("a: 1\nb: 2\na: 3\nc:\n  d: 1\n  d: 2\n")
    assert [(line, place, code) for line, place, code, _ in found] == [
        (3, ("a",), "duplicate"),
        (6, ("c", "d"), "duplicate"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1, 2\nc: 3\n", 3),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 'open\n", 2),
        ("a: 1\n---\nb: 2\n", 3),
        ("a: !!python/object:os.system x\n", 1),
        ("a: *nobody\n", 1),
        ("b: 1\na: &a [*a]\n", 2),
        ("a: \x07\n", 1),
        ("? [a, b]\n: 1\n", 1),
    ],
)
def test_a_file_that_is_no_pack_document_says_on_which_line(text, line):
    assert problems_of(text)[0][0] == line


def test_a_small_file_cannot_unfold_into_a_huge_document():
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert problems_of("\n".join(rows))[0][2] == "syntax"


def test_a_file_nested_too_deeply_is_refused_without_harm():
    assert problems_of("a: " + "[" * 5000 + "]" * 5000)[0][2] == "syntax"


def test_a_file_in_another_encoding_says_on_which_line(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"id: x\nname_vi: " + "Phường".encode("utf-16-le") + b"\xff\xfe\n")
    with pytest.raises(ReadProblem) as caught:
        read_text(path)
    line, _, code, _ = caught.value.found[0]
    assert (line, code) == (2, "encoding")


def test_a_file_that_is_not_there_or_too_long_is_told(tmp_path):
    for path in (tmp_path / "nothing.yaml", tmp_path):
        with pytest.raises(ReadProblem) as caught:
            read_text(path)
        assert caught.value.found[0][2] == "unreadable"
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * 2_000_001)
    with pytest.raises(ReadProblem):
        read_text(large)


def test_a_mark_at_the_beginning_of_the_file_does_no_harm(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: x\n")
    assert read_data(read_text(path)) == {"id": "x"}


def test_text_that_is_not_nfc_is_noticed_with_its_line():
    line = "name: Hạ Long"
    apart = unicodedata.normalize("NFD", line)
    assert normal_text(f"id: x\n{apart}\n") == (2, apart)
    assert normal_text(f"id: x\n{line}\n") is None
