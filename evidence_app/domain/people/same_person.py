"""Which names of the records mean one person: “G. Tranter”, “Gary Tranter” and “Tranter, Gary” do, if no other forename begins so."""

from collections.abc import Iterable, Mapping

from evidence_app.domain.text.name_matching import letters_of


def joined_names(names: Iterable[str]) -> Mapping[str, str]:
    """Return for each name the fullest name of the same person among them.

    Names are joined by a common surname and forenames of which one is the other or its initial; an initial that two different
    forenames begin with is joined with neither. A name of one word stands for itself.
    """
    names = list(dict.fromkeys(names))
    read = {name: _parts(name) for name in names}
    fullest: dict[str, str] = {}
    for name in names:
        surname, forename = read[name]
        like = [
            other for other in names if forename and read[other][0] == surname and read[other][1][:1] == forename[:1]
        ]
        full = list(dict.fromkeys(read[other][1] for other in like if len(read[other][1]) > 1))
        if len(forename) == 1:
            same = like if len(full) < 2 else [other for other in like if len(read[other][1]) == 1]
        else:
            same = [
                other for other in like if read[other][1] == forename or (len(full) < 2 and len(read[other][1]) == 1)
            ]
        # The fullest is the one with the longest forename; among these the one that was met first.
        fullest[name] = max(same, key=lambda other: (len(read[other][1]), -names.index(other))) if same else name
    return fullest


def _parts(name: str) -> tuple[str, str]:
    """Return the surname and the first forename of a name, folded; no forename where it is one word."""
    surname_first, comma, forenames = name.partition(",")
    words = (f"{forenames} {surname_first}" if comma and forenames.strip() else name).replace(".", ". ").split()
    keys = [key for key in (letters_of(word).letters for word in words) if key]
    return (keys[-1], keys[0]) if len(keys) > 1 else (letters_of(name).letters, "")
