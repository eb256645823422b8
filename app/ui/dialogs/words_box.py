"""The buttons at the foot of a dialog, in Chinese."""

from PySide6.QtWidgets import QDialogButtonBox


def in_chinese(box: QDialogButtonBox, accept: str = "确定") -> QDialogButtonBox:
    """Name the standard buttons: the one that accepts as told, 取消, 关闭."""
    words = {
        QDialogButtonBox.StandardButton.Ok: accept,
        QDialogButtonBox.StandardButton.Cancel: "取消",
        QDialogButtonBox.StandardButton.Close: "关闭",
    }
    for name, text in words.items():
        button = box.button(name) if box.standardButtons() & name else None
        if button is not None:
            button.setText(text)
    return box
