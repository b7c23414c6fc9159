from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from integrations.app import create_app
from tests.fakes.assistant import FakeAssistant, fake_assistant, fake_compare
from tests.integrations.visiting import Visitor


@pytest.fixture
def assistant() -> FakeAssistant:
    return fake_assistant()


@pytest.fixture
def app(assistant: FakeAssistant) -> FastAPI:
    return create_app(assistant, compare=fake_compare)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    return Visitor.arriving(client)
