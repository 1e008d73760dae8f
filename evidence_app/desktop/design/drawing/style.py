"""The window's own style: fields, choices, numbers, buttons, lists and bars drawn as one family, in the colours of the theme."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QHeaderView,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QProxyStyle,
    QPushButton,
    QStatusBar,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionToolButton,
    QTextEdit,
    QToolButton,
    QWidget,
)

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.drawing.control_drawing import (
    draw_button,
    draw_check,
    draw_down,
    draw_field,
    draw_focus,
    draw_frame,
    draw_line_edit,
    draw_radio,
    draw_tool_label,
    draw_up,
)
from evidence_app.desktop.design.drawing.dressing import dress_button, dress_label, ground
from evidence_app.desktop.design.drawing.pane_drawing import (
    draw_groove,
    draw_group,
    draw_header,
    draw_item,
    draw_menu,
    draw_progress,
    draw_scroll_bar,
    draw_splitter,
    draw_tab,
)
from evidence_app.desktop.design.drawing.shapes import chevron, draw_nothing, is_link, is_within_box, text_colour
from evidence_app.desktop.design.tokens import Colours

Primitive = QStyle.PrimitiveElement
Control = QStyle.ControlElement
Complex = QStyle.ComplexControl
Sub = QStyle.SubControl
State = QStyle.StateFlag
Contents = QStyle.ContentsType
Metric = QStyle.PixelMetric

BUTTON_WIDTH: Final = 24
"""Width of the arrows of a choice or number, in pixels."""
NUMBER_WIDTH: Final = 140
"""Largest width of a field for a number, in pixels: a number of three digits needs no line of a page."""
QT_UNLIMITED: Final = (1 << 24) - 1
"""Qt's QWIDGETSIZE_MAX: the largest width of a widget for which nobody has set one."""
ROW_SPACE: Final = 4
"""Pixels above and below the text of a row."""
SCROLL_BAR: Final = 12
INDICATOR: Final = 18
"""Width of a scroll bar, and side of a box to tick, in pixels."""
METRICS: Final = MappingProxyType(
    {
        Metric.PM_ScrollBarExtent: SCROLL_BAR,
        Metric.PM_IndicatorWidth: INDICATOR,
        Metric.PM_IndicatorHeight: INDICATOR,
        Metric.PM_ExclusiveIndicatorWidth: INDICATOR,
        Metric.PM_ExclusiveIndicatorHeight: INDICATOR,
        Metric.PM_CheckBoxLabelSpacing: tokens.SPACE_S,
        Metric.PM_RadioButtonLabelSpacing: tokens.SPACE_S,
        Metric.PM_ButtonShiftHorizontal: 0,
        Metric.PM_ButtonShiftVertical: 0,
        Metric.PM_SplitterWidth: tokens.SPACE_M,
        Metric.PM_MenuPanelWidth: 1,
        Metric.PM_MenuVMargin: tokens.SPACE_XS,
        Metric.PM_TabBarTabVSpace: 14,
        Metric.PM_TabBarTabHSpace: 28,
        Metric.PM_TabBarTabShiftVertical: 0,
    }
)
"""Measures that differ from those of Qt's Fusion style, in pixels."""
IN_ROW: Final = frozenset(
    {
        QStyle.SubElement.SE_ItemViewItemText,
        QStyle.SubElement.SE_ItemViewItemDecoration,
        QStyle.SubElement.SE_ItemViewItemCheckIndicator,
    }
)
"""What stands in a row of a list or table, and in from its edge."""
ONE_HEIGHT: Final = frozenset(
    {Contents.CT_LineEdit, Contents.CT_ComboBox, Contents.CT_SpinBox, Contents.CT_PushButton, Contents.CT_ToolButton}
)
"""Controls that stand in rows beside each other."""
Draw = Callable[[Colours, QStyleOption, QPainter, QWidget | None], None]
PRIMITIVES: Final[Mapping[Primitive, Draw]] = MappingProxyType(
    {
        Primitive.PE_PanelLineEdit: draw_line_edit,
        Primitive.PE_FrameLineEdit: draw_nothing,
        Primitive.PE_Frame: draw_frame,
        Primitive.PE_PanelButtonCommand: draw_button,
        Primitive.PE_PanelButtonTool: draw_button,
        Primitive.PE_FrameDefaultButton: draw_nothing,
        Primitive.PE_IndicatorCheckBox: draw_check,
        Primitive.PE_IndicatorItemViewItemCheck: draw_check,
        Primitive.PE_IndicatorRadioButton: draw_radio,
        Primitive.PE_FrameFocusRect: draw_focus,
        Primitive.PE_PanelItemViewItem: draw_item,
        Primitive.PE_PanelItemViewRow: draw_nothing,
        Primitive.PE_PanelMenu: draw_menu,
        Primitive.PE_FrameMenu: draw_nothing,
        Primitive.PE_FrameGroupBox: draw_group,
        Primitive.PE_FrameTabBarBase: draw_nothing,
        Primitive.PE_FrameTabWidget: draw_nothing,
        Primitive.PE_IndicatorArrowDown: draw_down,
        Primitive.PE_IndicatorArrowUp: draw_up,
        Primitive.PE_FrameStatusBarItem: draw_nothing,
    }
)
"""What draws each part that controls are made of."""
CONTROLS: Final[Mapping[Control, Draw]] = MappingProxyType(
    {
        Control.CE_ProgressBarGroove: draw_groove,
        Control.CE_ProgressBarContents: draw_progress,
        Control.CE_HeaderSection: draw_header,
        Control.CE_HeaderEmptyArea: draw_header,
        Control.CE_TabBarTabShape: draw_tab,
        Control.CE_Splitter: draw_splitter,
    }
)
"""What draws each control without parts."""


class PaperStyle(QProxyStyle):
    """Style of the program over Qt's Fusion, for one theme. What it does not draw itself Fusion draws from the palette."""

    def __init__(self, colours: Colours) -> None:
        super().__init__("Fusion")
        self._colours = colours

    # Measures

    def pixelMetric(self, metric: Metric, option: QStyleOption | None = None, widget: QWidget | None = None) -> int:
        """Return a measure in pixels."""
        if metric is Metric.PM_DefaultFrameWidth and isinstance(widget, QPlainTextEdit):
            # Room for the thicker edge of the focus, so that the text does not move when it comes.
            return int(tokens.FOCUS_EDGE)
        own = METRICS.get(metric)
        return own if own is not None else super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 - the name in Qt
    ) -> int:
        """Return how something behaves: the buttons of a dialog have words and no icons, which would be those of another style."""
        if hint is QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons:
            return 0
        return super().styleHint(hint, option, widget, returnData)

    def sizeFromContents(self, kind: Contents, option: QStyleOption, size: QSize, widget: Any = None) -> QSize:
        """Return the size of a control: fields, choices, numbers and buttons are of one height."""
        result = super().sizeFromContents(kind, option, size, widget)
        if kind in ONE_HEIGHT and widget is not None and not is_link(widget):
            height = widget.fontMetrics().height() + 2 * tokens.ABOVE_TEXT + 2
            result.setHeight(max(height, 24))
            if kind in {Contents.CT_PushButton, Contents.CT_ToolButton}:
                result.setWidth(result.width() + tokens.SPACE_M)
            elif kind is Contents.CT_ComboBox:
                # Fusion reckons with a narrower arrow.
                result.setWidth(result.width() + tokens.SPACE_M)
        elif kind is Contents.CT_ItemViewItem:
            result += QSize(2 * tokens.SPACE_S, 2 * ROW_SPACE)
        return result

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: Any = None) -> QRect:
        """Return where a part of a control lies: the text of a field stands in from its edge."""
        if element is QStyle.SubElement.SE_LineEditContents and not is_within_box(widget):
            return option.rect.adjusted(tokens.INSET - 2, 1, 2 - tokens.INSET, -1)
        area = super().subElementRect(element, option, widget)
        if element in IN_ROW:
            inset = (
                2 * tokens.SPACE_S
                if isinstance(widget, QListWidget) and widget.objectName() == "places"
                else tokens.SPACE_S
            )
            area.adjust(inset, 0, inset, 0)
            area.setRight(min(area.right(), option.rect.right() - tokens.SPACE_XS))
        return area

    def subControlRect(self, control: Complex, option: QStyleOptionComplex, sub: Sub, widget: Any = None) -> QRect:
        """Return where a part of a choice or number lies."""
        area = option.rect
        if control is Complex.CC_SpinBox:
            half = area.height() // 2
            left = area.right() - BUTTON_WIDTH
            places = {
                Sub.SC_SpinBoxUp: QRect(left, area.top(), BUTTON_WIDTH, half),
                Sub.SC_SpinBoxDown: QRect(left, area.top() + half, BUTTON_WIDTH, area.height() - half),
                Sub.SC_SpinBoxEditField: area.adjusted(tokens.INSET - 2, 1, -BUTTON_WIDTH - 2, -1),
                Sub.SC_SpinBoxFrame: area,
            }
            if sub in places:
                return places[sub]
        if control is Complex.CC_ComboBox:
            places = {
                Sub.SC_ComboBoxArrow: QRect(area.right() - BUTTON_WIDTH, area.top(), BUTTON_WIDTH, area.height()),
                Sub.SC_ComboBoxEditField: area.adjusted(tokens.INSET - 2, 1, -BUTTON_WIDTH - 2, -1),
                Sub.SC_ComboBoxFrame: area,
            }
            if sub in places:
                return places[sub]
        return super().subControlRect(control, option, sub, widget)

    # Drawing

    def drawPrimitive(
        self, element: Primitive, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Draw a part that controls are made of."""
        draw = PRIMITIVES.get(element)
        if draw is None:
            super().drawPrimitive(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(self._colours, option, painter, widget)
        painter.restore()

    def drawControl(
        self, element: Control, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Draw a control without parts of its own."""
        draw = CONTROLS.get(element)
        if element is Control.CE_ToolButtonLabel and isinstance(option, QStyleOptionToolButton):
            draw_tool_label(self._colours, option, painter, widget)
            return
        if draw is None:
            super().drawControl(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(self._colours, option, painter, widget)
        painter.restore()

    def drawComplexControl(
        self, control: Complex, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Draw a choice, a number or a scroll bar."""
        if control not in {Complex.CC_ComboBox, Complex.CC_SpinBox, Complex.CC_ScrollBar}:
            super().drawComplexControl(control, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if control is Complex.CC_ScrollBar:
            slider = self.subControlRect(control, option, Sub.SC_ScrollBarSlider, widget)
            draw_scroll_bar(self._colours, option, slider, painter)
        else:
            draw_field(self._colours, option, painter, widget)
            if control is Complex.CC_ComboBox:
                arrow = self.subControlRect(control, option, Sub.SC_ComboBoxArrow, widget)
                chevron(painter, QRectF(arrow).center(), text_colour(self._colours, option), up=False)
            else:
                for sub, up in ((Sub.SC_SpinBoxUp, True), (Sub.SC_SpinBoxDown, False)):
                    place = QRectF(self.subControlRect(control, option, sub, widget)).center()
                    nearer = place + QPointF(0, 2 if up else -2)
                    chevron(painter, nearer, text_colour(self._colours, option), up=up, size=3.2)
        painter.restore()

    # Dressing widgets

    def polish(self, what: Any) -> Any:
        """Give a label the font and colour of its role, when it is first shown and whenever its role changes."""
        result = super().polish(what)
        if isinstance(what, QLabel):
            dress_label(self._colours, what)
        elif isinstance(what, QListWidget) and what.objectName() == "places":
            palette = what.palette()
            palette.setColor(QPalette.ColorRole.Base, QColor(self._colours.sunken))
            what.setPalette(palette)
            what.setFrameShape(QListWidget.Shape.NoFrame)
        elif isinstance(what, QPushButton | QToolButton):
            dress_button(self._colours, what)
        elif isinstance(what, QAbstractSpinBox) and what.maximumWidth() == QT_UNLIMITED:
            what.setMaximumWidth(NUMBER_WIDTH)
        elif isinstance(what, QTextEdit):
            what.document().setDocumentMargin(tokens.SPACE_M)
        elif isinstance(what, QPlainTextEdit):
            what.document().setDocumentMargin(tokens.INSET - 2)
            # Its ground is drawn with its edge, round at the corners.
            what.viewport().setAutoFillBackground(False)
        elif isinstance(what, QHeaderView) and what.orientation() is Qt.Orientation.Horizontal:
            what.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            what.setHighlightSections(False)
        elif isinstance(what, QStatusBar):
            ground(what, self._colours.sunken)
        return result
