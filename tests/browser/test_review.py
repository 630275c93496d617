"""The review queue without a mouse: every decision by keys, the focus never lost, each step said aloud."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from standoff.store.database import Store
from standoff.store.index.queries import Key, Query

PATIENCE = 60  # seconds that a record may take to be made anew
FAR = 40  # presses of a key that lead anywhere on a page


class Queue:
    """Press keys on a review queue, and wait after each until the queue has moved."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def entry(self) -> str:
        return self.page.locator("#queue").get_attribute("data-entry") or ""

    def press(self, key: str) -> str:
        """Press a key that leads to another entry, and give the one that was left."""
        left = self.entry
        self.page.keyboard.press(key)
        expect(self.page.locator("#queue")).not_to_have_attribute("data-entry", left)
        expect(self.page.locator("#focus")).to_be_focused()
        return left


@pytest.fixture
def queue(visit) -> Queue:
    return Queue(visit.open("/review?kind=conflicts"))


def list_verdicts(store: Store) -> list[tuple[str, str]]:
    """Give what stands decided, in the order in which it was."""
    return [(judged.verdict, judged.entry) for judged in store.list_judgements()]


def test_a_queue_is_reviewed_by_keys_alone(queue, served):
    rejected = queue.press("r")
    confirmed = queue.press("c")
    skipped = queue.press("j")
    queue.press("k")
    assert queue.entry == skipped
    assert list_verdicts(served.store) == [("reject", rejected), ("confirm", confirmed)]

    queue.press("u")
    assert queue.entry == confirmed
    assert list_verdicts(served.store) == [("reject", rejected)]


def test_what_was_rejected_comes_back_when_that_is_taken_back(queue, served):
    rejected = queue.press("r")
    assert served.renewal.wait(PATIENCE)
    queue.page.reload()
    assert served.store.find_entries(Query(ids=(rejected,))).total == 0

    queue.page.keyboard.press("u")
    expect(queue.page.locator("main")).to_contain_text("it returns as soon as the record has been made anew")
    expect(queue.page.locator("#focus")).to_be_focused()
    assert served.renewal.wait(PATIENCE)
    queue.page.goto(f"/review?kind=conflicts&entry={rejected}")
    assert queue.entry == rejected


def test_each_step_is_said_aloud(queue):
    queue.press("c")
    heading = " ".join(queue.page.locator("#focus").inner_text().split())
    expect(queue.page.get_by_role("status").filter(has_text="Confirmed")).to_contain_text(heading)


def test_several_are_chosen_and_rejected_at_once(queue, served):
    chosen = []
    for _ in range(3):
        queue.page.keyboard.press("x")
        chosen.append(queue.press("j"))
    expect(queue.page.locator("#chosen")).to_contain_text("3 chosen")

    queue.page.keyboard.press("Shift+R")
    expect(queue.page.locator("#chosen")).not_to_contain_text("3 chosen")
    assert sorted(list_verdicts(served.store)) == sorted(("reject", entry) for entry in chosen)


def test_the_keys_are_listed_and_left_by_the_keyboard(queue):
    queue.page.keyboard.press("?")
    expect(queue.page.get_by_role("dialog")).to_be_visible()
    queue.page.keyboard.press("Escape")
    expect(queue.page.get_by_role("dialog")).to_be_hidden()
    queue.page.keyboard.press("/")
    expect(queue.page.get_by_role("searchbox").first).to_be_focused()


def test_what_is_typed_decides_nothing(queue, served):
    queue.page.keyboard.press("/")
    queue.page.keyboard.type("crunch")
    assert list_verdicts(served.store) == []


def test_the_type_of_a_deed_is_corrected_by_keys(visit, served):
    queue = Queue(visit.open("/review?kind=events"))
    [event] = [one for one in served.store.load_record().events if one.id == queue.entry]
    other = "AID" if event.type != "AID" else "REQUEST"

    queue.page.keyboard.press("e")
    chooser = queue.page.locator('#correcting select[name="fields.type"]')
    press_until(queue.page, "Tab", chooser)
    queue.page.keyboard.type(chooser.locator(f'option[value="{other}"]').first.text_content() or "")
    press_until(queue.page, "Tab", queue.page.get_by_role("button", name="Save the correction"))
    queue.press("Enter")

    assert list_verdicts(served.store) == [("correct", event.id)]
    assert served.renewal.wait(PATIENCE)
    [corrected] = served.store.load_part([Key("events", event.id)]).events
    assert corrected.type == other


def test_the_queue_is_reached_by_tab_and_decided_by_its_buttons(queue, served):
    queue.page.locator("body").press("Home")
    press_until(queue.page, "Tab", queue.page.locator("#judge [value=confirm]"))
    confirmed = queue.press("Enter")
    assert list_verdicts(served.store) == [("confirm", confirmed)]


def test_a_narrow_screen_opens_the_queue_at_its_head(visit):
    page = visit.open("/review?kind=conflicts", width=390)
    expect(page.locator("#focus")).to_be_focused()
    assert page.evaluate("scrollY") == 0


def test_without_script_the_queue_is_reviewed_by_its_buttons(visit, served):
    page = visit.open("/review?kind=conflicts", java_script_enabled=False)
    first = page.locator("#queue").get_attribute("data-entry")
    page.locator("#judge").get_by_role("button", name="Reject").click()
    expect(page.locator("#queue")).not_to_have_attribute("data-entry", first or "")
    page.get_by_role("button", name="Undo").first.click()
    assert [one.verdict for one in served.store.list_judgements(open_only=False)] == ["reject", "withdraw"]


def press_until(page: Page, key: str, wanted: Locator) -> None:
    """Press a key until what is wanted has the focus."""
    for _ in range(FAR):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{FAR} times {key} do not lead there")
