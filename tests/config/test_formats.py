"""Dates, times and numbers as people here write them, in both languages."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import formats, translation
from django.utils.timezone import get_default_timezone

pytestmark = pytest.mark.kernel


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("text", "day"), [("05/06/2026", date(2026, 6, 5)), ("21/11/2026", date(2026, 11, 21))]
)
def test_the_day_comes_first(language, text, day):
    with translation.override(language):
        assert forms.DateField().clean(text) == day
        assert formats.date_format(day) == text


def test_numbers_are_grouped():
    with translation.override("vi"):
        assert formats.number_format(1234567, use_l10n=True, force_grouping=True) == "1.234.567"
    with translation.override("en"):
        assert formats.number_format(1234567, use_l10n=True, force_grouping=True) == "1,234,567"


def test_times_have_24_hours():
    moment = datetime(2026, 11, 21, 16, 10, tzinfo=get_default_timezone())
    with translation.override("vi"):
        assert formats.date_format(moment, "DATETIME_FORMAT") == "16:10 21/11/2026"
