"""The test database is made by the real migrations, without drawing every model anew for each new one.

Django renders, for every CreateModel, the new model and all models it is related with, and those related with them:
of a hundred and twenty models thirty-five renderings each, nine tenths of what making the tables costs. A new model
changes no column of another, so that here only the new one is rendered; whatever alters a model is done as Django
does it. tests/foundation/test_quick_tables.py proves that the same statements come out.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.state import ProjectState

_as_django_does = ProjectState.add_model


def _add_model(state: ProjectState, model_state: Any) -> None:
    """Take a model into a state; when the models are drawn already, draw this one alone."""
    key = model_state.app_label, model_state.name_lower
    drawn = state.__dict__.get("apps")
    if drawn is None or key in state.models:
        _as_django_does(state, model_state)
        return
    state.models[key] = model_state
    if state._relations is not None:
        state.resolve_model_relations(key)
    drawn.render_multiple([model_state])


def install() -> None:
    """From here on this process draws new models alone."""
    ProjectState.add_model = _add_model


def remove() -> None:
    """Back to what Django does."""
    ProjectState.add_model = _as_django_does
