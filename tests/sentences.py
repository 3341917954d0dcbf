"""All sentences of the program, for tests."""

from cancel_desk.language import all_said


def sentences_of(language: str) -> dict[str, str]:
    """Return every sentence without plural forms in a language, by what it is in the sources."""
    return {
        each.sources[0]: each.forms[0]
        for each in all_said(language)
        if len(each.forms) == 1 == len(each.sources)
    }
