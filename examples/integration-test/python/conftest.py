"""The fixture mock_app for pytest, in this folder and below."""
import os
import sys

import pytest

# With --import-mode=importlib, pytest does not add this folder.
sys.path.insert(0, os.path.dirname(__file__))

from mock_app import MockApp  # noqa: E402


@pytest.fixture
def new_mock_app(request):
    """Creates apps with the name of the test: new_mock_app(generateKeys=True). They are removed when the test ends."""
    apps = []

    def create(**settings):
        apps.append(MockApp(**{"name": request.node.name[:100], **settings}))
        return apps[-1]

    yield create
    for app in apps:
        app.remove()


@pytest.fixture
def mock_app(new_mock_app):
    """An app of the mock for this test."""
    return new_mock_app()
