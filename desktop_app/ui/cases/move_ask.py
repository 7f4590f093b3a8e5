"""What a move of a case needs to be told, asked in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.i18n import t, word
from desktop_app.ui.widgets.buttons import button, column, label, row
from desktop_app.ui.widgets.text_fields import TextField


class MoveAsk(QFrame):
    """A question, a line for the answer, and the button that moves the case."""

    #: (state, answer)
    answered = Signal(str, str)

    def __init__(self) -> None:
        """Wait hidden."""
        super().__init__()
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state = ""
        layout = column(self, 10, 6)
        self.question = label("", wrap=True)
        self.line = TextField(t("cases.answer"), inplace=False)
        self.go = button("", self._on_go, variant="primary")
        layout.addWidget(self.question)
        layout.addWidget(self.line)
        foot = QWidget()
        inner = row(foot)
        inner.addWidget(self.go)
        inner.addWidget(button(t("common.cancel"), self.close_ask, variant="link"))
        inner.addStretch(1)
        layout.addWidget(foot)
        self.line.textChanged.connect(self._on_typed)
        self.line.returnPressed.connect(self._on_go)
        self.hide()

    def open_ask(self, state: str, question: str, hint: str, value: str) -> None:
        """Ask for what a move to a state needs."""
        self._state = state
        name = word("case_state", state)
        self.question.setText(question)
        self.line.setAccessibleName(question)
        self.line.setPlaceholderText(hint)
        self.line.set_value(value)
        self.go.setText(name)
        self.go.setAccessibleName(t("cases.move_to", state=name))
        self._on_typed(value)
        self.show()
        self.line.setFocus()

    def close_ask(self) -> None:
        """Ask no more."""
        self._state = ""
        self.line.set_value(None)
        self.line.setText("")
        self.hide()

    def _on_typed(self, text: str) -> None:
        self.go.setEnabled(bool(text.strip()))

    def _on_go(self) -> None:
        text, state = self.line.text().strip(), self._state
        if state and text:
            self.close_ask()
            self.answered.emit(state, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_ask()
        else:
            super().keyPressEvent(event)
