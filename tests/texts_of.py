"""What a person reads of an error."""

from cancel_desk.cli.trouble import sentence_for


def sentence_of(error: BaseException) -> str:
    """Return the sentence of a foreseen error; fails for any other."""
    sentence = sentence_for(error)
    assert sentence is not None
    return sentence
