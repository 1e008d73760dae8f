"""A verdict that is seen: a seal, one sentence, and what it rests on folded below."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.design.widgets import label
from evidence_app.proof.verdicts import Verdict

SIDE: Final = 72
"""Side of the seal, in pixels."""
TONES: Final = {
    Verdict.VERIFIED: ("settled", "settled_ground"),
    Verdict.ALTERED: ("fault", "fault_ground"),
    Verdict.UNREADABLE: ("warning", "warning_ground"),
}
"""Colours of the seal and of its ground; its shape and the sentence say the same."""


class Seal(QWidget):
    """The seal itself: whole with a tick, broken across, or an open ring with a question."""

    def __init__(self) -> None:
        super().__init__()
        self.verdict = Verdict.VERIFIED
        self.setFixedSize(QSize(SIDE, SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the seal in the tokens of the theme."""
        colours = theme.colours()
        ink, ground = (QColor(getattr(colours, name)) for name in TONES[self.verdict])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(4, 4, SIDE - 8, SIDE - 8)
        pen = QPen(ink, 3)
        if self.verdict is Verdict.UNREADABLE:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawEllipse(ring)
        pen = QPen(ink, 5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = SIDE / 2
        if self.verdict is Verdict.VERIFIED:
            painter.drawPolyline(
                QPolygonF(
                    [
                        QPointF(middle - 15, middle + 1),
                        QPointF(middle - 4, middle + 12),
                        QPointF(middle + 16, middle - 11),
                    ]
                )
            )
        elif self.verdict is Verdict.ALTERED:
            self._break_across(painter, QColor(colours.ground), ink)
        else:
            font = self.font()
            font.setPixelSize(SIDE // 2)
            font.setBold(True)
            painter.setFont(font)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "?")
        painter.end()

    def _break_across(self, painter: QPainter, ground: QColor, ink: QColor) -> None:
        """Draw a crack from edge to edge: a broken seal is known by its shape."""
        middle = SIDE / 2
        crack = QPolygonF(
            [
                QPointF(middle + 10, 0),
                QPointF(middle - 4, middle - 10),
                QPointF(middle + 6, middle + 2),
                QPointF(middle - 10, SIDE),
            ]
        )
        painter.setPen(QPen(ground, 9))
        painter.drawPolyline(crack)
        pen = QPen(ink, 3)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        for shift in (-6, 6):
            painter.setPen(pen)
            painter.drawPolyline(crack.translated(shift, 0))


class VerdictSeal(QWidget):
    """Seal, sentence and conclusion; hidden until there is a verdict. Screen readers are told when it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.seal, self.sentence, self.conclusion = Seal(), label("", "heading"), label("")
        words = QVBoxLayout()
        words.setSpacing(tokens.SPACE_XS)
        words.addStretch(1)
        words.addWidget(self.sentence)
        words.addWidget(self.conclusion)
        words.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, tokens.SPACE_S, 0, tokens.SPACE_S)
        line.setSpacing(tokens.SPACE_L)
        line.addWidget(self.seal, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.setVisible(False)

    def show_verdict(self, verdict: Verdict, sentence: str, conclusion: str) -> None:
        """Show a verdict with its sentence, and what it means in words."""
        self.seal.verdict = verdict
        self.seal.update()
        self.sentence.setText(sentence)
        self.conclusion.setText(conclusion)
        self.conclusion.setVisible(bool(conclusion))
        self.setAccessibleName(f"{sentence} {conclusion}".strip())
        self.setVisible(True)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def clear(self) -> None:
        """Take the verdict away."""
        self.sentence.setText("")
        self.conclusion.setText("")
        self.setVisible(False)
