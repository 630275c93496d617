"""Score what is made of several reports at once: which are copies, when each was written, what belongs on a timeline.

Half of each hand-made file is "held": only its figures are looked at, so that they tell what to expect of reports that
no rule was mended with.
"""
