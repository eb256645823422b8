"""The window: menus around one desk, or the first page when no workspace is open."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QTimer
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMenu
from typing_extensions import override

from app import __version__
from app.domain.errors import UserError
from app.ui import prompts
from app.ui import theme as themes
from app.ui.actions import ACTIONS, Actions
from app.ui.desk import Desk
from app.ui.errors import ErrorHook, log
from app.ui.file_menu import NO_WORKSPACE, FileMenu
from app.ui.greyed import Greyed
from app.ui.listed_menus import ListedMenus
from app.ui.pages import Pages
from app.ui.prompts import Prompts
from app.ui.rail import BOARD, LEDGER, REVIEW, TAGGING
from app.ui.review_menu import ReviewMenu
from app.ui.tasks import Runner
from app.ui.views.empty_page import EmptyPage
from app.workspace import Configuration, Workspace, remember, remember_window, warm_up

if TYPE_CHECKING:
    from app.ui.handing_over import HandOver
    from app.ui.versions_menu import VersionsMenu

ABOUT = (
    f"督办 {__version__}\n\n把政府工作报告里的承诺变成督查台账。\n\n"
    "Apache-2.0 许可；所用开源软件见 NOTICE 文件。"
)


UNSAVED = (
    "任务卡片里写的内容没有保存成功。点“取消”留下来，处理好提示的问题再关闭；点“确定”放弃这些内容并关闭。"
)


class MainWindow(QMainWindow):
    """One window, one workspace at a time. A workspace that fails to open leaves the one before in place."""

    def __init__(self, configuration: Configuration, prompts: Prompts | None = None) -> None:
        super().__init__()
        self.configuration = configuration
        self.prompts = prompts or Prompts(self)
        self.desk: Desk | None = None
        self.pages: Pages | None = None
        self.theme = themes.chosen(configuration.appearance)
        self._is_warm = False
        self._is_leaving = False
        self._runner = Runner(self)
        self._hook = ErrorHook(self.tell)
        self.actions_by_name = Actions(self, self.run)
        self.files = FileMenu(self, self.prompts, configuration, self._runner, self.show_workspace, self.tell)
        self.reviews = ReviewMenu(self, self.prompts, self.tell)
        self.files.alike.connect(self._ask_version)
        menus = self.actions_by_name.fill(self.menuBar())
        self.greyed = Greyed(self.actions_by_name, self._say, self)
        self.greyed.explain(menus.values())
        acts = self.actions_by_name
        self.listed = ListedMenus(
            self, menus["报告"], acts, lambda: self.desk, self.files.open_path, self.tell
        )
        menus["文件"].insertMenu(acts["import_report"], self.listed.recent)
        self._tagging_menu = menus["标注"]
        self._add_appearances(menus["视图"])
        self._title = QLabel("", self)
        self._title.setProperty("role", "muted")
        self._title.setContentsMargins(0, 7, 12, 0)  # level with the menus' words
        self.menuBar().setCornerWidget(self._title)
        menus["文件"].aboutToShow.connect(self._fill_recent)
        for title in ("文件", "标注", "复核", "报告"):
            menus[title].aboutToShow.connect(self._grey)
        self.files.closed.connect(self._show_first_page)
        self.setAcceptDrops(True)
        self.setWindowTitle("督办")
        self.resize(1440, 900)
        if configuration.geometry:
            self.restoreGeometry(QByteArray.fromBase64(configuration.geometry.encode()))
        QTimer.singleShot(0, self._begin)

    @cached_property
    def packages(self) -> "HandOver":
        """The review menu's part that hands over; like the next made when first needed, for the start's sake."""
        from app.ui.handing_over import HandOver

        return HandOver(self, self.prompts, self._runner, self.tell, lambda: self.pages)

    @cached_property
    def versions(self) -> "VersionsMenu":
        """What the report menu does with versions and slips."""
        from app.ui.versions_menu import VersionsMenu

        return VersionsMenu(
            self, self.prompts, self._runner, self.tell, lambda: self.pages, lambda: self.theme
        )

    def catch_errors(self) -> None:
        """Tell what escapes from slots instead of losing it."""
        self._hook.install()

    def run(self, name: str) -> None:
        """Do an action by its name; a UserError is told. Without a workspace only the window's own are there."""
        act = self._acts().get(name)
        if act is None:
            return
        try:
            act()
        except UserError as error:
            self.tell(error)

    def _acts(self) -> dict[str, Callable[[], object]]:
        """What each action does now: the file menu's are FileMenu's methods, the tagging menu's Tagging's."""
        rooms: dict[str, tuple[object, ...]] = {
            "文件": (self.files,),
            "复核": (self.reviews, self.packages),
            "报告": (self.versions,),
        }
        acts: dict[str, Callable[[], object]] = {
            spec.name: getattr(room, spec.name)
            for spec in ACTIONS
            for room in rooms.get(spec.menu, ())
            if hasattr(room, spec.name)
        }
        acts |= {"quit": self.close, "key_sheet": self.show_key_sheet, "about": self.show_about}
        desk, pages = self.desk, self.pages
        if desk is None or pages is None:
            return acts
        acts |= {s.name: getattr(desk.tagging, s.name) for s in ACTIONS if s.menu == "标注" and s.in_text}
        view, search = desk.view, desk.search
        return acts | {
            "undo": desk.undo,
            "redo": desk.redo,
            "search": search.begin,
            "search_here": search.begin,
            "next_hit": search.next_hit,
            "previous_hit": search.previous_hit,
            "unit_directory": self.show_units,
            "new_task": desk.add_task,
            "zoom_in": lambda: view.zoom(1),
            "zoom_out": lambda: view.zoom(-1),
            "zoom_reset": lambda: view.set_zoom(100),
            "focus_text": view.setFocus,
            "show_note": desk.show_note,
            "guide": desk.show_guide,
            "show_tagging": lambda: pages.show_page(TAGGING.name),
            "show_review": lambda: pages.show_page(REVIEW.name),
            "show_ledger": lambda: pages.show_page(LEDGER.name),
            "show_board": lambda: pages.show_page(BOARD.name),
            **pages.ledger_acts(tuple(spec.name for spec in ACTIONS if spec.menu == "台账")),
            **pages.acts(),
        }

    def tell(self, error: object) -> None:
        """Say what went wrong; what is no UserError goes to the error hook."""
        if isinstance(error, UserError):
            self.prompts.warn("督办", str(error))
        elif isinstance(error, BaseException):
            self._hook.catch(type(error), error, error.__traceback__)

    def show_workspace(self, workspace: Workspace) -> None:
        """Take over an open workspace; the one before is closed."""
        try:
            desk = Desk(workspace, self.actions_by_name, self.theme, self.tell)
            pages = Pages(desk, self.prompts, self.theme, self.tell)
        except BaseException:
            workspace.close()
            raise
        pages.titled.connect(self._show_title)
        pages.shown.connect(self._follow_page)
        desk.view.selectionChanged.connect(self._warm_up)
        desk.layer.changed.connect(self._grey)
        self.greyed.watch((desk.view, desk.panel.table))
        old, self.pages, self.desk = self.pages, pages, desk
        self.reviews.pages = pages
        self._follow_page(TAGGING.name)
        self.files.desk = desk
        was_busy = (
            self._runner.close() if old is not None else False
        )  # it must not reach into a closed workspace
        if old is not None:
            try:
                old.release()
            except UserError as error:
                self.tell(error)
        self.setCentralWidget(pages)
        pages.show()  # it gets its size before its text, which is then laid out once
        desk.open_last()
        if was_busy:
            self.prompts.inform("督办", "换了工作区，没有做完的导入或导出已取消。请回到原来的工作区重做。")
        self.configuration = remember(workspace.path)
        for words in workspace.warnings:
            self.prompts.inform("督办", words)
        if workspace.person is None:
            QTimer.singleShot(0, self._ask_who)

    def open_last(self) -> None:
        """Open the workspace of last time; where it is gone or broken, say so and stay on the first page."""
        path = self.configuration.last
        if path is None:
            return
        try:
            self.files.open_path(path)
        except UserError as error:
            self.tell(error)

    def show_key_sheet(self) -> None:
        """Show all keys on one sheet."""
        from app.ui.dialogs.key_sheet import KeySheet

        KeySheet(self).open()

    def show_units(self) -> None:
        """Show the unit directory beside the window; it goes with its desk."""
        from app.ui.dialogs.unit_directory import UnitDirectory

        if self.desk is None:
            return
        self.desk.commit_pending()
        shown = self.desk.findChild(UnitDirectory)
        if shown is None:
            shown = UnitDirectory(self.desk.session, self.prompts, self.desk)
        shown.show()
        shown.raise_()
        shown.activateWindow()

    def show_about(self) -> None:
        """Say what this is."""
        self.prompts.inform("关于督办", ABOUT)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if self.desk is None:
            self._open_fallen(paths)
            return
        packages = [path for path in paths if path.suffix.lower() == prompts.PACKAGE]
        self.files.import_paths([path for path in paths if path not in packages])
        try:
            self.packages.merge_paths(packages)
        except UserError as error:
            self.tell(error)

    def _open_fallen(self, paths: list[Path]) -> None:
        """Open the workspace among the files that fall on the first page; reports need one."""
        workspace = next((path for path in paths if path.suffix.lower() == ".duban"), None)
        try:
            if workspace is None:
                raise UserError(NO_WORKSPACE)
            self.files.open_path(workspace)
        except UserError as error:
            self.tell(error)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        pages = self.pages if self.desk is not None else None
        if pages is not None and not self._is_leaving:
            pages.commit_pending()
            if pages.is_unsaved:
                event.ignore()
                self.prompts.confirm("还有内容没有保存", UNSAVED, self._leave)
                return
        self._runner.close()
        if pages is not None:
            self.desk = self.pages = self.reviews.pages = None
            try:
                pages.release(is_discarding=self._is_leaving)
            except UserError as error:
                log.warning("not everything was kept on closing: %s", error)
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.configuration = remember_window(geometry=geometry)
        super().closeEvent(event)

    def _warm_up(self) -> None:
        """Load the words' dictionary beside the first selection, so that the tag key need not wait for it."""
        if not self._is_warm:
            self._is_warm = True
            self._runner.start(lambda _progress: warm_up(), is_quiet=True)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is not QEvent.Type.ActivationChange or self.desk is None or self.pages is None:
            return
        try:
            session = self.pages.session
            if not self.isActiveWindow():
                session.look_away()
            elif session.look_again():
                self.desk.say("已载入另一个窗口的改动")
        except UserError as error:
            self.tell(error)

    def _follow_page(self, name: str) -> None:
        """The tagging menu is for the page with the tags."""
        self._tagging_menu.setEnabled(name == TAGGING.name)

    def _ask_version(self, alike: object) -> None:
        if isinstance(alike, tuple):
            self.versions.ask(alike)

    def _leave(self) -> None:
        """Close although something typed could not be written."""
        self._is_leaving = True
        self.close()

    def _ask_who(self) -> None:
        """Somebody with a passphrase worked here last: until they have given it, one may only look."""
        if self.desk is not None and self.desk.session.workspace.person is None:
            self.run("switch_person")

    def _grey(self) -> None:
        self.greyed.show_reasons(self.reviews.reasons())

    def _say(self, words: str) -> None:
        if self.desk is not None:
            self.desk.say(words)

    # --- menus that follow what there is

    def _begin(self) -> None:
        """Show the first page, unless a workspace was opened at once."""
        if self.desk is None:
            self._show_first_page()

    def _show_first_page(self) -> None:
        self.desk = self.pages = self.reviews.pages = None
        self._grey()
        self._show_title("")
        acts = self.actions_by_name
        steps = [
            ("打开工作区…  Ctrl+O", acts["open_workspace"].trigger),
            ("新建工作区…  Ctrl+N", acts["new_workspace"].trigger),
            ("打开样例工作区", self._open_sample),
            ("从备份恢复…", acts["restore"].trigger),
        ]
        words = "一个工作区是一个 .duban 文件，里面有报告、标注、单位名录和全部修改记录。"
        self.setCentralWidget(EmptyPage("督办", words, steps, self))

    def _open_sample(self) -> None:
        try:
            self.files.open_sample()
        except UserError as error:
            self.tell(error)

    def _show_title(self, words: str) -> None:
        self._title.setText(words)
        self._title.adjustSize()
        self.setWindowTitle(f"{words.split(' · ', maxsplit=1)[0]} — 督办" if words else "督办")
        self.menuBar().setCornerWidget(self._title)
        self._title.show()

    def _fill_recent(self) -> None:
        self.listed.fill_recent(self.configuration.recent)

    def _add_appearances(self, menu: QMenu) -> None:
        menu.addSeparator()
        group = QActionGroup(self)
        for name, words in themes.APPEARANCES.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(name == self.configuration.appearance)
            action.setData(name)
            action.triggered.connect(self._choose_appearance)
            group.addAction(action)

    def _choose_appearance(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.set_appearance(str(action.data()))

    def set_appearance(self, name: str) -> None:
        """Light, dark, or as the desktop is; remembered."""
        self.configuration = remember_window(appearance=name)
        self.theme = themes.chosen(name)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            themes.apply(app, self.theme)
        if self.pages is not None:
            self.pages.set_theme(self.theme)
