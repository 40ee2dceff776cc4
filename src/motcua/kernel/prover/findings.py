"""What the prover can find: a kind for machines, a place in the document, a sentence, a dossier that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.kernel.text import Bilingual

Place = tuple[str | int, ...]

# Kind -> what it says of {name} and {more}. Every kind has a line in docs/how-to/prove-a-pack.md.
KINDS: Mapping[str, Bilingual] = {
    "unreadable": Bilingual(
        "Không chứng minh được vì tài liệu chưa đọc được: {more}",
        "Nothing can be proved, for the document cannot be read: {more}",
    ),
    "circle": Bilingual(
        "“{name}” chờ câu trả lời của chính nó: {more}.", "“{name}” waits for its own answer: {more}."
    ),
    "contradiction": Bilingual(
        "Điều kiện của “{name}” tự mâu thuẫn, không ai đáp ứng được: {more}.",
        "The condition of “{name}” contradicts itself, nobody can fulfil it: {more}.",
    ),
    "never_asked": Bilingual(
        "“{name}” không bao giờ được hỏi: không hồ sơ hợp lệ nào đi tới {more}.",
        "“{name}” is never asked: no acceptable dossier comes to {more}.",
    ),
    "never_required": Bilingual(
        "“{name}” không bao giờ bắt buộc dù có điều kiện bắt buộc: {more}.",
        "“{name}” is never required although it has a condition for it: {more}.",
    ),
    "no_value": Bilingual(
        "Không câu trả lời nào cho “{name}” vừa với giới hạn của nó: {more}.",
        "No answer to “{name}” fits its limits: {more}.",
    ),
    "check_never_passes": Bilingual(
        "Trả lời “{name}” thế nào cũng bị từ chối: {more}.",
        "Every answer to “{name}” is refused: {more}.",
    ),
    "dead_end": Bilingual(
        "Có hồ sơ mà “{name}” bắt buộc nhưng không câu trả lời nào được nhận: {more}.",
        "There is a dossier in which “{name}” is required and no answer is accepted: {more}.",
    ),
    "paper_never_needed": Bilingual(
        "Không hồ sơ nào cần giấy tờ “{name}”: {more}.", "No dossier needs the paper “{name}”: {more}."
    ),
    "paper_never_required": Bilingual(
        "Giấy tờ “{name}” không bao giờ bắt buộc dù có điều kiện bắt buộc: {more}.",
        "The paper “{name}” is never required although it has a condition for it: {more}.",
    ),
    "paper_without_ground": Bilingual(
        "Giấy tờ “{name}” không có căn cứ: không nguồn, không mẫu, thủ tục không có căn cứ pháp lý, và chưa được "
        "ghi là chưa kiểm chứng.",
        "The paper “{name}” has no ground: no source, no form, no legal basis of the procedure, and no mark that it "
        "is unverified.",
    ),
    "fee_never_due": Bilingual(
        "Không hồ sơ nào phải nộp khoản “{name}”: {more}.", "No dossier owes the fee “{name}”: {more}."
    ),
    "limit_missing": Bilingual(
        "Thủ tục không có thời hạn giải quyết, cũng không ghi vì sao hoặc chưa kiểm chứng.",
        "The procedure has no time limit, and neither a note why nor a mark that it is unverified.",
    ),
    "steps_over_limit": Bilingual(
        "Các bước cộng lại dài hơn thời hạn: {more}.", "The steps add up to more than the limit: {more}."
    ),
    "tasks_over_limit": Bilingual(
        "Việc “{name}” không thể xong trong thời hạn chung của thủ tục: {more}.",
        "The task “{name}” cannot be done within the limit of the whole procedure: {more}.",
    ),
    "step_without_role": Bilingual(
        "Bước “{name}” không có ai làm được: {more}.", "Nobody can do the step “{name}”: {more}."
    ),
    "unreachable_step": Bilingual(
        "Hồ sơ không bao giờ tới bước “{name}”: {more}.", "No dossier comes to the step “{name}”: {more}."
    ),
    "no_end": Bilingual(
        "Các bước không dẫn tới kết thúc: {more}.", "The steps do not lead to an end: {more}."
    ),
    "route_missing": Bilingual(
        "Có nơi không có cơ quan cho thủ tục này: {more}.",
        "Somewhere there is no agency for this procedure: {more}.",
    ),
}


@dataclass(frozen=True)
class Dossier:
    """A dossier that shows something: its day (ISO), way of filing and answers; `accepted` when the form takes it as a
    whole, else `problems` tells what it says. `route` is where it would go, for findings about agencies and steps."""

    day: str
    answers: Mapping[str, Any]
    channel: str = "in_person"
    entitlements: tuple[str, ...] = ()
    accepted: bool = True
    problems: tuple[Mapping[str, str], ...] = ()
    route: Mapping[str, str] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """As JSON-able data."""
        data: dict[str, Any] = {
            "day": self.day,
            "channel": self.channel,
            "entitlements": list(self.entitlements),
            "answers": dict(self.answers),
            "accepted": self.accepted,
        }
        if self.problems:
            data["problems"] = [dict(problem) for problem in self.problems]
        if self.route:
            data["route"] = dict(self.route)
        return data


@dataclass(frozen=True)
class Finding:
    """Something that is wrong. `where` is the document ("declaration" or "procedure"), `place` the keys in it, counted
    from 0; `name` what it is about (a field, paper, fee or step); `more` says what exactly."""

    kind: str
    where: str
    place: Place
    name: str
    more: Bilingual = Bilingual("")
    dossier: Dossier | None = None

    def say(self, lang: str = "vi") -> str:
        return KINDS[self.kind].say(lang).format(name=self.name, more=self.more.say(lang))


@dataclass(frozen=True)
class Unproved:
    """A question that the prover could not decide; no fault, but no proof either."""

    where: str
    place: Place
    name: str

    def say(self, lang: str = "vi") -> str:
        return _UNPROVED.say(lang).format(name=self.name)


_UNPROVED = Bilingual(
    "chưa chứng minh được về “{name}”: có quá nhiều trường hợp hoặc không liệt kê được các trường hợp.",
    "not proved about “{name}”: there are too many cases, or they cannot be listed.",
)


@dataclass
class Proof:
    """What became of one proof: how many questions were put, what was found, what stayed open."""

    asked: int = 0
    findings: list[Finding] = field(default_factory=list)
    unproved: list[Unproved] = field(default_factory=list)

    def take(self, other: Proof) -> None:
        self.asked += other.asked
        self.findings += other.findings
        self.unproved += other.unproved

    @property
    def holds(self) -> bool:
        return not self.findings and not self.unproved


def counted(numbers: Sequence[float]) -> str:
    """Numbers joined by plus signs, as a sum is written."""
    return " + ".join(f"{number:g}" for number in numbers)
