"""What must be true of an opened cell: its link, its texts, its drawings."""

import json

from browser import Keys
from expectations import BUTTON, address_of, cell_with, connected_cell, expect, expect_equal, index_of, quiet


def opens_a_cell_by_keyboard(browser, page):
    browser.open(page)
    browser.run(f"document.querySelector('{BUTTON}').focus()", browser.one(BUTTON))
    first = browser.focused().get_attribute('data-cell')
    browser.press(Keys.ARROW_DOWN)
    browser.press(Keys.ARROW_UP, Keys.ARROW_RIGHT)
    walked = browser.focused().get_attribute('data-cell')
    expect(walked not in (None, first), 'the arrow keys do not walk in the matrix')
    table = "document.activeElement.closest('table')"
    stops = browser.run(f'return {table}.querySelectorAll("button[tabindex=\'0\']").length')
    expect_equal(stops, 1, 'stops of the tab key in a matrix')
    browser.press(Keys.ENTER)
    browser.one('dialog[open] .part-outcome')
    address = browser.run('return decodeURIComponent(location.hash)')
    expect_equal(address, address_of(page, page.data['cells'][int(walked)]), 'the address')
    browser.press(Keys.ESCAPE)
    browser.until(lambda: not browser.all('dialog[open]'), 'the cell to close')
    expect_equal(browser.focused().get_attribute('data-cell'), walked, 'after Escape the focus is on cell')
    quiet(browser)


def has_links_and_a_way_back(browser, page):
    cell = page.data['cells'][0]
    browser.open(page, address_of(page, cell))
    browser.one('dialog[open]')
    browser.click('#close-cell')
    browser.until(lambda: not browser.all('dialog[open]'), 'the cell to close')
    browser.click(f'{BUTTON}[data-cell="0"]')
    browser.one('dialog[open]')
    browser.driver.back()
    browser.until(lambda: not browser.all('dialog[open]'), 'the back button to close the cell')
    browser.driver.forward()
    browser.one('dialog[open]')
    quiet(browser)


def opens_beside_the_matrix(browser, page):
    """On a wide window the matrix stays in reach, and another cell takes the place of the first."""
    browser.size(1700, 900)
    try:
        cells = page.cells_of(page.data['scenarios'][0])[:2]
        browser.open(page, address_of(page, cells[0]))
        for cell in reversed(cells):
            browser.click(f'{BUTTON}[data-cell="{index_of(page, cell)}"]')
            browser.until(lambda: page.name_of(cell) in browser.text('dialog[open]'), 'the other cell')
            marked = [one.get_attribute('data-cell') for one in browser.all('button[aria-current]')]
            expect_equal(marked, [str(index_of(page, cell))], 'marked as open')
        browser.press(Keys.ESCAPE)
        browser.until(lambda: not browser.all('dialog[open]'), 'Escape to close the cell')
        expect_equal(browser.all('button[aria-current]'), [], 'marked as open after that')
        quiet(browser)
    finally:
        browser.size(1280, 900)


def tells_all_of_a_cell(browser, page):
    cell = connected_cell(page)
    scenario = page.data['scenarios'][cell['scenario']]
    browser.open(page, address_of(page, cell))
    sheet = browser.text('dialog .sheet')
    rules = [page.data['rules'][rule]['says']['en'] for rule in cell.get('rules', [])]
    for words in [scenario['title']['en'], scenario['teaches']['en'], cell['outcome'], *rules]:
        expect(words in sheet, f'the opened cell does not say {words!r}')
    for command in (f'timewait run {page.name_of(cell)}', f'timewait trace results/run/latest {page.name_of(cell)}'):
        expect(command in browser.text('.part-again pre').splitlines(), f'the opened cell has no command {command!r}')
    lines = cell['ladder']['lines']
    expect_equal(len(browser.all('.part-steps li')), sum(line[0] == 0 for line in lines), 'sentences of the scenario')
    expect_equal(len(browser.all('.part-run tbody tr')), len(lines), 'lines of the ladder as a list')
    record = json.loads(browser.one('textarea').get_attribute('value'))
    seen = [record['scenario'], record['cell'], record['outcome']]
    expect_equal(seen, [scenario['name'], cell['name'], cell['outcome']], 'the record')
    quiet(browser)


def draws_the_ladder(browser, page):
    cell = connected_cell(page)
    browser.open(page, address_of(page, cell))
    arrows = sum(line[0] == 1 for line in cell['ladder']['lines'])
    expect_equal(len(browser.all('svg.ladder .arrow')), arrows, 'arrows')
    moments = [moment for end in cell['ends'] for moment in end['moments'] if moment[1]]
    expect_equal(len(browser.all('svg.ladder .bar')), len(moments), 'bars of states')
    even = browser.one('svg.ladder').get_attribute('innerHTML')
    browser.click('.part-run .choice:nth-of-type(2) input')
    browser.until(lambda: browser.one('svg.ladder').get_attribute('innerHTML') != even, 'another drawing for true time')
    expect_equal(len(browser.all('svg.ladder .arrow')), arrows, 'arrows on the clock')
    expect(browser.all('svg.ladder[role=img] > title'), 'the drawing has no name')
    quiet(browser)


def steps_through_the_diagram(browser, page):
    cell = connected_cell(page)
    browser.open(page, address_of(page, cell))
    last = browser.text('.part-states output')
    for end in (end for end in cell['ends'] if end.get('remote')):
        state = end['moments'][-1][1] or 'gone'
        expect(f'{("server", "client")[end["side"]]}: {state}' in last, f'at the end the slider does not say {state}')
    expect_equal(len(browser.all('.part-states .flag')), 2, 'ends that stand in a state')
    slider = browser.one('.part-states input[type=range]')
    later = len(browser.all('.part-states .walked.later'))
    slider.send_keys(Keys.HOME)
    browser.until(lambda: browser.text('.part-states output') != last, 'other words at the first step')
    expect(len(browser.all('.part-states .walked.later')) > later, 'the way is gone before it begins')
    first = slider.get_attribute('aria-valuetext')
    slider.send_keys(Keys.ARROW_RIGHT)
    browser.until(lambda: slider.get_attribute('aria-valuetext') != first, 'the arrow key to go on')
    quiet(browser)


def marks_what_was_not_seen(browser, page):
    for cell in (connected_cell(page), cell_with_a_jump(page)):
        browser.open(page, address_of(page, cell))
        unseen = browser.all('.part-states .unseen-move')
        expect(bool(unseen) == bool(jumps_of(page, cell)), 'what was not seen is not dashed, or what was seen is')


def cell_with_a_jump(page):
    return cell_with(page, lambda cell: jumps_of(page, cell), 'a connection that went on twice between two looks')


def jumps_of(page, cell):
    return [1 for end in cell.get('ends', []) if end.get('remote') for a, b in zip(end['moments'], end['moments'][1:])
            if not is_one_step(page, a[1] or 'BOUND', b[1] or 'BOUND')]


def is_one_step(page, start, end):
    by_force = ('gets RST', 'aborts', 'gets data for nobody')
    steps = [one for one in page.data['diagram']['transitions'] if one['event'] not in by_force]
    return any(one['from'] == start and one['to'] == end for one in steps)
