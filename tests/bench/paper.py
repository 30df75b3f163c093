"""Four pages of paper in German and in Arabic against what Qt prints of the same text; a support plan."""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median as middle
from time import process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from kimdesk.casework import records
from kimdesk.documents import papers
from kimdesk.documents.paper import PaperBlock, lay_out
from kimdesk.documents.papers import PaperWish
from kimdesk.documents.print.faces import font_files
from kimdesk.domain.records import Measure
from tests.bench.figures import Figure
from tests.documents.client_case import DAY, client_case

GERMAN = (
    "Frau Osman hat heute, am 30.11.2026, bei uns für sich und ihre Familie Leistungen beantragt.",
    "Wir leiten den Antrag hiermit an Sie weiter, Aktenzeichen ESR-2026-017.",
    "Bitte bringen Sie alle Unterlagen bis 24.12.2026 in Zimmer 12 im Jobcenter.",
    "Eine Kopie genügt, das Original bleibt bei Ihnen.",
    "Ihr nächster Termin ist am Donnerstag um 9:30 Uhr in der Beratungsstelle (Erdgeschoss).",
    "Wenn Sie etwas nicht finden, kommen Sie zu uns: Wir suchen gemeinsam.",
    "Der Sprachkurs beginnt im Januar und dauert sechs Monate, immer am Vormittag.",
    "Frau Kessler erreichen Sie unter 05999 400-117, montags bis freitags von 8:00 bis 12:00 Uhr.",
    "Die Krankenkasse braucht noch eine Bescheinigung für Ihren Mann und Ihre beiden Kinder.",
    "Dieser Bescheid gilt, bis die Ausländerbehörde über den Aufenthalt entschieden hat.",
)
ARABIC = (
    "طلبت السيدة عثمان اليوم، في 30.11.2026، لدينا لنفسها ولعائلتها الحصول على إعانات.",
    "نحيل الطلب إليكم بموجب هذا الكتاب، رقم الملف ESR-2026-017.",
    "يرجى إحضار كل المستندات حتى 24.12.2026 إلى الغرفة 12 في مركز العمل Jobcenter.",
    "النسخة تكفي، والأصل يبقى معك.",
    "موعدك القادم يوم الخميس الساعة 9:30 في مركز الاستشارة (الطابق الأرضي).",
    "إن لم تجدي شيئاً فتعالي إلينا: نبحث عنه معاً.",
    "تبدأ دورة اللغة في يناير وتستمر ستة أشهر، دائماً قبل الظهر.",
    "تصلون إلى السيدة Kessler على الرقم 05999 400-117 من الاثنين إلى الجمعة من 8:00 إلى 12:00.",
    "يحتاج صندوق التأمين الصحي إلى شهادة لزوجك ولطفليك أيضاً.",
    "يسري هذا القرار حتى تبت دائرة الأجانب في أمر الإقامة.",
)
LANGUAGES = {"German": (GERMAN, 44, 2.0), "Arabic": (ARABIC, 56, 1.0)}
ROUNDS = 15


PLAN_MS = 150.0
"""What a support plan with its chain may take."""


def figures(home: Path) -> Iterator[Figure]:
    """Yield the time of the processor, for others work on the machine too."""
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication([])
    for file in font_files("regular")[:3]:
        QFontDatabase.addApplicationFont(str(file))
    for language, (sentences, paragraphs, times) in LANGUAGES.items():
        text = list(_paragraphs(sentences, paragraphs))
        floor, ours = _both(text)
        yield Figure(
            f"4 pages, {language}", "QTextDocument into QPdfWriter", floor, ours, f"≤ {1 / times:g} ×"
        )
    del application
    with client_case(home / "plan") as known:
        for number in range(16):
            begins = DAY + timedelta(days=20 * number)
            records.save(known.desk, Measure(
                case_id=known.case, title=f"Schritt {number}", regime=("sgb2", "sgb3")[number % 2],
                starts_on=begins, due_on=begins + timedelta(days=45),
            ))  # fmt: skip
        for language in ("de", "ar"):
            wish = PaperWish(language=language, today=DAY)
            ours = _median(partial(papers.make, known.desk, "help-plan", known.case, wish))
            yield Figure(f"support plan with chain, {language}", "the budget", PLAN_MS, ours, "≤ 1 ×")


def _paragraphs(sentences: Sequence[str], count: int) -> Iterator[PaperBlock]:
    chance = random.Random(7)
    for number in range(1, count + 1):
        if number % 8 == 1:
            yield PaperBlock("heading", f"{number}. {chance.choice(sentences)[:40]}")
        yield PaperBlock("text", f"{number}. {' '.join(chance.sample(sentences, 3))}")


def _median(work: Callable[[], object]) -> float:
    """Return the median (ms) of ``work`` after one unmeasured turn."""
    taken = []
    for _ in range(ROUNDS + 1):
        begun = process_time()
        work()
        taken.append((process_time() - begun) * 1000)
    return middle(taken[1:])


def _both(text: Sequence[PaperBlock]) -> tuple[float, float]:
    """Return the medians (ms) of Qt and ours, taken in turn after one unmeasured turn."""
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(ROUNDS + 1):
        for found, work in zip(taken, (_qt, _ours), strict=True):
            begun = process_time()
            work(text)
            if turn:
                found.append((process_time() - begun) * 1000)
    return middle(taken[0]), middle(taken[1])


def _ours(text: Sequence[PaperBlock]) -> bytes:
    return lay_out("Probe", text, practice=False)


def _qt(text: Sequence[PaperBlock]) -> bytes:
    """Print the same text as we do: its size, its width, the room between its lines."""
    from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
    from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(written)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(64, 62, 64, 72)
        )
    )
    document = QTextDocument()
    document.setDefaultFont(QFont("Inter", 10))
    tags = {"heading": "h3", "text": "p style='line-height: 110%; margin: 2px 0'"}
    document.setHtml(
        "".join(f"<{tags[each.kind]}>{each.text}</{tags[each.kind][:2].strip()}>" for each in text)
    )
    document.print_(writer)
    return bytes(written.data().data())
