"""`motcua assistant eval FILE.jsonl`: how well the assistant finds, answers and declines."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

GOOD, FINDING, WRONG_USAGE = 0, 1, 2


def add(actions: Any) -> None:
    """Add the action to the parser of `motcua assistant`."""
    text = (
        "Đo trợ lý trên tệp câu hỏi, mỗi dòng một đối tượng JSON (question, question_no_diacritics, "
        "expected_procedure_code, acceptable_codes, answer_facts, expected_behavior) / measure the assistant on a "
        "file of questions, one JSON object a line. Exit 1 when a figure is not what --least and --most demand."
    )
    parser = actions.add_parser("eval", help="đo trên tệp câu hỏi / measure on a file", description=text)
    parser.add_argument("file", metavar="FILE.jsonl", help="tệp câu hỏi / the file of questions")
    parser.add_argument(
        "--json", action="store_true", help="chỉ in một đối tượng JSON / print one JSON object only"
    )
    parser.add_argument(
        "--rows", metavar="FILE", help="ghi từng câu ra tệp JSONL / write what came of each row"
    )
    for name, text in (("--least", "ít nhất / at least"), ("--most", "nhiều nhất / at most")):
        parser.add_argument(
            name,
            action="append",
            default=[],
            metavar="FIGURE=VALUE",
            help=f"{text}: hit@1=0.85, …; 1 nếu không đạt",
        )
    parser.add_argument(
        "--language", choices=("vi", "en"), default="vi", help="ngôn ngữ trả lời / of the answers"
    )
    parser.set_defaults(assistant_run=run)


def run(args: argparse.Namespace) -> int:
    """0 measured; 1 a figure is not what was demanded; 2 no readable file, or no such figure."""
    from motcua.config.cli import set_up_django

    try:
        rows = _read(Path(args.file))
        least, most = _demanded(args.least), _demanded(args.most)
    except (OSError, ValueError) as problem:
        print(f"{args.file}: {problem}", file=sys.stderr)
        return WRONG_USAGE
    set_up_django()
    from motcua.assistant.queries import measure
    from motcua.config.readiness import make_ready
    from motcua.foundation.time import now

    make_ready()
    measured = measure(rows, at=now(), language=args.language)
    unknown = [name for name in (*least, *most) if name not in measured.figures]
    if unknown:
        print(f"{', '.join(unknown)}? {', '.join(measured.figures)}", file=sys.stderr)
        return WRONG_USAGE
    if args.rows:
        with Path(args.rows).open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in measured.rows)
    if args.json:
        print(json.dumps(measured.figures, ensure_ascii=False))
    else:
        print("\n".join(_in_words(measured.figures)))
    missed = [name for name, value in least.items() if (measured.figures[name] or 0) < value]
    missed += [name for name, value in most.items() if (measured.figures[name] or 0) > value]
    for name in missed:
        print(f"! {name}: {measured.figures[name]}", file=sys.stderr)
    return FINDING if missed else GOOD


def _demanded(given: list[str]) -> dict[str, float]:
    found = {}
    for each in given:
        name, _equals, value = each.rpartition("=")
        found[name] = float(value)
    return found


def _read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file. Raises OSError, ValueError with a sentence that says which line is wrong and how."""
    rows = []
    # Other ends of lines (U+2028, U+0085) are letters like others within a text of JSON.
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except RecursionError:
            raise ValueError(f"dòng {number} / line {number}: lồng quá sâu / nested too deeply") from None
        except ValueError as problem:
            raise ValueError(f"dòng {number} / line {number}: {problem}") from None
        if problem := _unlike_a_row(row):
            raise ValueError(f"dòng {number} / line {number}: {problem}?")
        rows.append(row)
    if not rows:
        raise ValueError("không có câu hỏi nào / no question")
    return rows


def _unlike_a_row(row: Any) -> str:
    """The name of what cannot be measured in a row, "" where all can."""
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        return "question"
    for name in ("question_no_diacritics", "expected_procedure_code", "expected_behavior", "intent"):
        if not isinstance(row.get(name) or "", str):
            return name
    codes, facts = row.get("acceptable_codes") or [], row.get("answer_facts") or []
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        return "acceptable_codes"
    if not isinstance(facts, list) or not all(isinstance(fact, dict) for fact in facts):
        return "answer_facts"
    return ""


def _in_words(figures: dict[str, Any]) -> list[str]:
    def share(name: str) -> str:
        value = figures[name]
        return "–" if value is None else f"{value:.1%}"

    return [
        f"  Câu hỏi / questions                           {figures['n']:>7}",
        f"  Có thủ tục trong danh mục / in the catalogue  {figures['n_in_catalogue']:>7}",
        f"  hit@1 · hit@3 · MRR           {share('hit@1'):>8} {share('hit@3'):>8} {figures['mrr'] or 0:>7}",
        f"  … không dấu / without tones   {share('hit@1_no_diacritics'):>8} {share('hit@3_no_diacritics'):>8} "
        f"{figures['mrr_no_diacritics'] or 0:>7}",
        f"  Ý trả lời đúng / fact recall  {share('fact_recall'):>8}  ({figures['n_facts_held']} ý danh mục có / held)",
        f"  Trả lời, hỏi lại / answered, asked back  {share('answered')} · {share('asked_back')}",
        f"  Từ chối, chuyển người / refused, handed over  {share('refused')} · {share('handed_over')}",
        f"  Sai mà quả quyết / wrong but confident        {share('wrong_but_confident')}"
        f"  ({figures['n_judgeable']} câu xét được / judgeable)",
        f"  Ngoài phạm vi xử lý đúng / out of scope handled {share('out_of_scope_handled')}"
        f" ({figures['n_out_of_scope']})",
        f"  Đúng cách xử sự / behaved as expected         {share('behaviour_as_expected')}",
        f"  Độ trễ p50 · p95 / latency                    {figures['latency_ms_p50']} · {figures['latency_ms_p95']} ms",
    ]
