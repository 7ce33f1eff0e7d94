"""Drawing the courses that are running today: one under way, one waiting, others open."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from sessions_app.demo.chart_facts import Twist
from sessions_app.demo.courses import (
    Offer,
    Setting,
    draw_course,
    draw_given,
    giver_role,
)
from sessions_app.demo.scores import Rater
from sessions_app.demo.stories import Arm, ToldCourse, ToldSession

_UNDER_WAY = timedelta(minutes=20)
_JUST_GIVEN = timedelta(hours=3)
_GAP = timedelta(hours=25)


def bring_to_today(
    rng: Random, setting: Setting, arm: Arm, begun: date, now: datetime, twist: Twist
) -> ToldCourse:
    """Return a running course. Its twist may be a session under way, or one given hours ago.

    The sessions before today's leave the protocol's gap, so that the next may be given.
    """
    gap = setting.protocols[arm[0]].schedule.gap_hours
    last = now - timedelta(hours=gap or 4) - timedelta(minutes=75)
    if twist in (Twist.IN_PROGRESS, Twist.GAP_NOT_OVER):
        last = now - _GAP - _JUST_GIVEN
    course = draw_course(rng, setting, arm, begun, last)
    if twist is Twist.IN_PROGRESS:
        today = replace(_given(rng, setting, arm, now - _UNDER_WAY), under_way=True, follow_ups=())
    elif twist is Twist.GAP_NOT_OVER:
        today = _given(rng, setting, arm, now - _JUST_GIVEN)
    else:
        return course
    return replace(course, sessions=(*course.sessions, today))


def _given(rng: Random, setting: Setting, arm: Arm, moment: datetime) -> ToldSession:
    """Return a session of today by the colleague who can sign in, within all limits."""
    giver = next(one for one in setting.place.staff if one.role is giver_role(arm))
    rater = Rater(rng, arm, setting.protocols[arm[0]])
    told = draw_given(rng, setting, arm, rater, Offer.at(setting, moment, giver))
    return replace(told, staged=True)
