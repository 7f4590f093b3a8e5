"""Qt's own texts (file dialogs, context menus of fields) in the language in use."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


class _Loaded:
    """The translator that is installed now, kept so that it can be taken out."""

    translator: QTranslator | None = None


def speak(language: str) -> None:
    """Let Qt's own dialogs speak ``zh`` or ``en``, and count dates and numbers accordingly."""
    app = QCoreApplication.instance()
    assert app is not None
    if _Loaded.translator is not None:
        app.removeTranslator(_Loaded.translator)
        _Loaded.translator = None
    QLocale.setDefault(QLocale("zh_CN" if language == "zh" else "en_GB"))
    if language == "zh":
        translator = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load("qtbase_zh_CN", folder):
            app.installTranslator(translator)
            _Loaded.translator = translator
