"""The description of the API (OpenAPI 3.1): every answer an operation may give is declared, refusals included."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from motcua.foundation.api.problems import Problem
from motcua.foundation.api.reading import KEY, StrictParser
from motcua.foundation.api.tokens import SCOPES, Token
from motcua.foundation.middleware import PROBLEM_TYPE

OPEN = (404, 422, 429, 503)
READ = (401, 403, *OPEN)
WRITE = (400, 409, 411, 413, 415, *READ)
ASKED = (400, 411, 413, 415, *READ)

# status -> (English, Vietnamese): what the status means here
MEANINGS = {
    400: ("The request cannot be read.", "Không đọc được yêu cầu."),
    401: ("No valid token.", "Thiếu khóa truy cập hợp lệ."),
    403: ("The token lacks the scope, or the account the right.", "Khóa hoặc tài khoản không có quyền."),
    404: ("Not there, or not for this account.", "Không có, hoặc tài khoản không được xem."),
    409: ("Not possible in this state; nothing was changed.", "Chưa làm được lúc này; chưa có gì thay đổi."),
    411: ("The length of the content is not said.", "Yêu cầu không cho biết độ dài nội dung."),
    413: ("Too large.", "Nội dung gửi lên quá lớn."),
    415: ("The content type is not the declared one.", "Kiểu nội dung không đúng."),
    422: ("Something in the request is wrong; `problems` says what.", "Có mục chưa đúng; `problems` nói rõ."),
    429: ("Too often; wait as `Retry-After` says.", "Quá thường xuyên; chờ theo `Retry-After`."),
    503: ("Busy or out of room; nothing was changed.", "Đang bận hoặc hết chỗ; chưa có gì thay đổi."),
}
_EXAMPLE = {
    "type": "urn:motcua:problem:dossiers.move_not_allowed",
    "title": "Hồ sơ đang ở trạng thái “Đã trả kết quả” nên chưa thể thực hiện việc này.",
    "status": 409,
    "detail": "Tải lại hồ sơ để xem các việc làm được lúc này.",
    "code": "dossiers.move_not_allowed",
    "instance": "/api/v1/dossiers/0123456789ABCDEFGHJKMNPQRS/moves",
}


def answers(schema: Any, status: int = 200) -> dict:
    """The `response=` of an operation that changes something: its answer and every refusal it may give."""
    return {status: schema, **dict.fromkeys(WRITE, Problem)}


def read_answers(schema: Any) -> dict:
    """The `response=` of an operation that reads with a token."""
    return {200: schema, **dict.fromkeys(READ, Problem)}


def asked_answers(schema: Any) -> dict:
    """The `response=` of an operation that only reads, but is asked by a body."""
    return {200: schema, **dict.fromkeys(ASKED, Problem)}


def open_answers(schema: Any) -> dict:
    """The `response=` of an operation that reads without a token."""
    return {200: schema, **dict.fromkeys(OPEN, Problem)}


def content_answers(types: Iterable[str]) -> dict:
    """`openapi_extra=` of an operation whose answer is the bytes of a file of one of these media types."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {
        "responses": {200: {"description": "The bytes.", "content": dict.fromkeys(sorted(types), binary)}}
    }


class Description(OpenAPISchema):
    """OpenAPI as the library makes it, with what it leaves out: scopes, problem types, headers, keys."""

    def operation_security(self, operation: Operation) -> list[dict] | None:
        tokens = [auth for auth in operation.auth_callbacks if isinstance(auth, Token)]
        # OpenAPI 3.1 lets any scheme name the roles an operation needs: here the scopes of the token.
        return [{"bearer": [token.scope]} for token in tokens] or None

    def operation_parameters(self, operation: Operation) -> list[dict]:
        writes = any(isinstance(a, Token) and a.scope.endswith(":write") for a in operation.auth_callbacks)
        opens = any(isinstance(a, Token) and a.scope == "dossiers:read" for a in operation.auth_callbacks)
        shared = ["AcceptLanguage", *["IdempotencyKey"] * writes, *["Purpose"] * opens]
        return [
            *super().operation_parameters(operation),
            *({"$ref": f"#/components/parameters/{name}"} for name in shared),
        ]

    def responses(self, operation: Operation) -> dict[int, dict]:
        found = super().responses(operation)
        for status in found:
            if status >= 400:
                found[status] = {"$ref": f"#/components/responses/{_name(status)}"}
        return found

    def add_schema_definitions(self, definitions: dict) -> None:
        """Raises ValueError for two different schemas of one name: one would silently stand for the other."""
        for name, schema in definitions.items():
            if self.schemas.setdefault(name, schema) != schema:
                raise ValueError(f"two schemas of the API are called {name}; give one another name")

    def get_components(self) -> dict:
        self.schemas.setdefault("ProblemField", Problem.model_json_schema()["$defs"]["ProblemField"])
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        problem.pop("$defs", None)
        self.schemas["Problem"] = problem
        return {
            **super().get_components(),
            "responses": {_name(status): _response(status) for status in MEANINGS},
            "parameters": PARAMETERS,
            "securitySchemes": {"bearer": _scheme()},
        }


def _name(status: int) -> str:
    return "".join(word.title() for word in HTTPStatus(status).name.split("_"))


def _response(status: int) -> dict:
    english, vietnamese = MEANINGS[status]
    content: dict[str, Any] = {"schema": {"$ref": "#/components/schemas/Problem"}}
    if status == _EXAMPLE["status"]:
        content["example"] = _EXAMPLE
    found: dict[str, Any] = {"description": f"{english} / {vietnamese}", "content": {PROBLEM_TYPE: content}}
    if status in (429, 503):
        wait = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}}
        found["headers"] = {"Retry-After": wait}
    if status == 401:
        found["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    return found


PARAMETERS = {
    "AcceptLanguage": {
        "name": "Accept-Language",
        "in": "header",
        "required": False,
        "description": "The language of names and refusals: vi (default) or en.",
        "schema": {"type": "string", "examples": ["vi", "en"]},
    },
    "Purpose": {
        "name": "X-Purpose",
        "in": "header",
        "required": False,
        "description": (
            "Why somebody who only leads, and has no other part in a dossier, opens it: overdue, assignment, complaint "
            "or inspection. Without it she gets lists without names, and no dossier. The applicant reads the purpose."
        ),
        "schema": {"type": "string", "examples": ["overdue", "complaint"]},
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": (
            "Your own id of this act, unique for your account. Sent again with the same content it is answered, not "
            "repeated (`replayed` is then true); with other content it is refused with 409."
        ),
        "schema": {"type": "string", "pattern": f"^{KEY.pattern}$", "examples": ["order-2026-000123"]},
    },
}


def _scheme() -> dict:
    scopes = "\n".join(f"- `{name}`: {meaning}" for name, meaning in SCOPES.items())
    return {
        "type": "http",
        "scheme": "bearer",
        "description": f"A token made by `motcua token create`. An operation names the scope it needs:\n\n{scopes}",
    }


class MachineDoor(NinjaAPI):
    """The API of the house: strict input, and the description above."""

    def __init__(self, **given: Any) -> None:
        super().__init__(parser=StrictParser(), **given)
        self._described: dict[str, Description] = {}

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict | None = None) -> Any:
        """The description, made once: it follows from the code alone."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if prefix not in self._described:
            self._described[prefix] = Description(self, prefix)
        return self._described[prefix]

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Its tag and the name of its function: `dossiers_create`."""
        tag = (operation.tags or ["api"])[0].replace("-", "_")
        return f"{tag}_{operation.view_func.__name__.rstrip('_')}"
