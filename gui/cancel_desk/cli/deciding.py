"""What is asked at the terminal about lines whose fate only the person can decide."""

from cancel_desk.cli.attention import interruptible
from cancel_desk.cli.front import Front
from cancel_desk.cli.wishes import SendWish
from cancel_desk.language import gettext as _
from cancel_desk.language.typed import is_one_of
from cancel_desk.runs.deciding import Doubt
from cancel_desk.runs.run import Run
from cancel_desk.texts.deciding import (
    again_words,
    asked_words,
    leave_words,
    shown_words,
    too_few_words,
    warning_words,
)
from cancel_desk.texts.times import local_moment


def decide(front: Front, run: Run, wish: SendWish) -> bool:
    """Ask about each line that is not decided; return whether anything is to be sent again.

    Nobody is asked with --yes, or where nobody is at the terminal: those lines stay as they are.
    """
    asked = [doubt for doubt in run.doubts() if doubt.decided is None]
    if not asked or wish.yes or not front.attended:
        return False
    front.say(warning_words())
    send_again = False
    with interruptible():
        try:
            for doubt in asked:
                send_again |= _ask(front, run, doubt)
        except KeyboardInterrupt:
            front.say(_("The others are left undecided: resume the run to be asked again."))
    return send_again


def _ask(front: Front, run: Run, doubt: Doubt) -> bool:
    front.say(asked_words(doubt))
    front.say(shown_words(doubt, at=local_moment(doubt.read)))
    leave, again = _("leave"), _("send")
    front.say(f"  {leave}: {leave_words()}")
    front.say(f"  {again}: {again_words(doubt)}" if doubt.missing else too_few_words())
    words = [leave, again] if doubt.missing else [leave]
    question = _("Type {words}; anything else decides nothing now:")
    answer = front.answer(question.format(words=" / ".join(words)))
    if not is_one_of(answer, words):
        return False
    send_again = is_one_of(answer, [again])
    return run.decide(doubt, send_again=send_again) and send_again
