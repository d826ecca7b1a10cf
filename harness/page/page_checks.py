"""What must be true of a page in a browser: a function a check, which raises AssertionError where it is not."""

import json
from pathlib import Path

from browser import Keys

VIEWS = ('matrices', 'claims', 'time-wait')
BUTTON = '#view-matrices button[data-cell]'


def expect(condition, sentence):
    if not condition:
        raise AssertionError(sentence)


def expect_equal(seen, wanted, what):
    expect(seen == wanted, f'{what}: {seen!r} instead of {wanted!r}')


def quiet(browser):
    """Nothing in the console, nothing asked of the network."""
    expect_equal(browser.requests(), [], 'the page asked for')
    expect_equal([entry['message'] for entry in browser.log('browser')], [], 'the console says')


def address_of(page, cell):
    return '#' + page.name_of(cell)


def cell_with(page, wanted, what):
    cell = next((cell for cell in page.data['cells'] if wanted(cell)), None)
    expect(cell, f'this page has no cell with {what}; give the test a page of a whole run')
    return cell


def connected_cell(page):
    def has_two_ends(cell):
        ends = [end for end in cell.get('ends', []) if end.get('remote')]
        return len(ends) == 2 and len(ends[0]['moments']) > 2
    return cell_with(page, has_two_ends, 'a connection seen at both ends')


def shown_cells(browser):
    return browser.run(f"return [...document.querySelectorAll('{BUTTON}')].filter((one) => one.checkVisibility()).length")


def opens_from_disk(browser, page):
    browser.open(page)
    browser.one(BUTTON)
    expect_equal(browser.text('h1'), 'timewait', 'the heading')
    for number in (len(page.data['cells']), len(page.data['scenarios'])):
        expect(str(number) in browser.text('#count'), f'the count does not say {number}')
    quiet(browser)


def filters(browser, page):
    browser.open(page)
    scenario = page.data['scenarios'][-1]
    browser.one('#filter-text').send_keys(scenario['name'])
    browser.until(lambda: len(visible_scenarios(browser)) < len(page.data['scenarios']), 'fewer scenarios')
    expect(scenario['name'] in visible_scenarios(browser), 'the name that was searched for is not shown')
    browser.one('#filter-text').send_keys(' nothing-is-called-so')
    browser.until(lambda: visible_scenarios(browser) == [], 'no scenario at all')
    expect(not any(letter.isdigit() for letter in browser.text('#count')), 'the count counts what is not shown')
    browser.run("const text = document.getElementById('filter-text'); text.value = ''; text.dispatchEvent(new Event('input'))")
    theme = page.data['themes'][-1]
    browser.choose('#filter-theme', theme['id'])
    expect_equal(visible_scenarios(browser), [page.data['scenarios'][i]['name'] for i in theme['scenarios']], 'the theme shows')
    browser.choose('#filter-theme', '')
    browser.choose('#filter-verdict', 'error')
    errors = [cell for cell in page.data['cells'] if cell['verdict'] == 'error']
    expect(bool(visible_scenarios(browser)) == bool(errors), 'the filter of verdicts shows the wrong scenarios')
    quiet(browser)


def visible_scenarios(browser):
    return browser.run("return [...document.querySelectorAll('.scenario')].filter((one) => one.checkVisibility())"
                       ".map((one) => one.querySelector('.name').textContent)")


def opens_a_cell_by_keyboard(browser, page):
    browser.open(page)
    browser.run(f"document.querySelector('{BUTTON}').focus()", browser.one(BUTTON))
    first = browser.focused().get_attribute('data-cell')
    browser.press(Keys.ARROW_DOWN)
    browser.press(Keys.ARROW_UP, Keys.ARROW_RIGHT)
    walked = browser.focused().get_attribute('data-cell')
    expect(walked not in (None, first), 'the arrow keys do not walk in the matrix')
    stops = browser.run("return document.activeElement.closest('table').querySelectorAll('button[tabindex=\"0\"]').length")
    expect_equal(stops, 1, 'stops of the tab key in a matrix')
    browser.press(Keys.ENTER)
    browser.one('dialog[open] .part-outcome')
    expect_equal(browser.run("return decodeURIComponent(location.hash)"), address_of(page, page.data['cells'][int(walked)]), 'the address')
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
            expect_equal([one.get_attribute('data-cell') for one in browser.all('button[aria-current]')], [str(index_of(page, cell))], 'marked as open')
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
    expect_equal([record['scenario'], record['cell'], record['outcome']], [scenario['name'], cell['name'], cell['outcome']], 'the record')
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
    expect(browser.one('svg.ladder').get_attribute('role') == 'img' and browser.all('svg.ladder > title'), 'the drawing has no name')
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
    cell = connected_cell(page)
    browser.open(page, address_of(page, cell))
    unseen = browser.all('.part-states .unseen-move')
    jumps = [1 for end in cell['ends'] if end.get('remote') for a, b in zip(end['moments'], end['moments'][1:])
             if not is_one_step(page, a[1] or 'BOUND', b[1] or 'BOUND')]
    expect(bool(unseen) == bool(jumps), 'what was not seen is not dashed, or what was seen is')


def is_one_step(page, start, end):
    quiet_events = [one for one in page.data['diagram']['transitions'] if 'RST' not in one['event'] and one['event'] not in ('aborts', 'gets data for nobody')]
    return any(one['from'] == start and one['to'] == end for one in quiet_events)


def hides_until_revealed(browser, page):
    browser.open(page)
    browser.one(BUTTON)
    browser.click('#predict')
    browser.until(lambda: browser.one('#predict').get_attribute('aria-checked') == 'true', 'the switch')
    browser.one(BUTTON)
    shown = browser.run(f"return [...document.querySelectorAll('{BUTTON}, #view-claims .finding, #view-claims .truth, .matrix .mark')].map((one) => one.textContent).filter((words) => words !== '?')")
    expect_equal(shown, [], 'while predicting one sees')
    cell = connected_cell(page)
    browser.choose('#filter-verdict', cell['verdict'])
    count = browser.text('#count')
    expect(str(len(page.data['cells'])) in count, f'the filter tells verdicts while they are hidden: {count}')
    browser.run('location.hash = arguments[0]', address_of(page, cell))
    browser.one('dialog[open] .part-guess')
    sheet = browser.text('dialog')
    for words in ('as expected', *(call[3] for call in cell['attempt'] if len(call) > 3 and call[3] not in ('EADDRINUSE',))):
        expect(words not in sheet, f'the opened cell tells {words!r} while it is hidden')
    for part in ('outcome', 'why', 'run', 'states'):
        expect(not browser.all(f'dialog .part-{part}'), f'the opened cell shows {part} while it is hidden')
    quiet(browser)


def two_of_the_first_scenario(page):
    """Two cells, and how often to press them: the first guess is to be right, the second wrong."""
    for scenario in page.data['scenarios']:
        cells = [cell for cell in page.cells_of(scenario) if cell.get('outcome') in ('bound', 'bind:EADDRINUSE')]
        if len(cells) >= 2:
            presses = {'bound': 1, 'bind:EADDRINUSE': 2}
            return scenario, (cells[0], presses[cells[0]['outcome']]), (cells[1], 3 - presses[cells[1]['outcome']])
    raise AssertionError('this page has no scenario with two attempts to bind')


def keeps_the_score(browser, page):
    browser.open(page)
    browser.one(BUTTON)
    browser.click('#predict')
    scenario, *guesses = two_of_the_first_scenario(page)
    browser.one('#filter-text').send_keys(scenario['name'])
    for cell, presses in guesses:
        for _ in range(presses):
            browser.click(f'{BUTTON}[data-cell="{index_of(page, cell)}"]')
    browser.click('.scenario:not([hidden]) .reveal button')
    browser.until(lambda: '1 of 2' in browser.text('#score'), 'a score of 1 of 2')
    expect_equal([len(browser.all('td .guess.right')), len(browser.all('td .guess.wrong'))], [1, 1], 'right and wrong marks')
    browser.click('#reveal-all')
    browser.until(lambda: not browser.all('td.hidden'), 'everything to be revealed')
    expect('1 of 2' in browser.text('#score'), 'the score is lost when all is revealed')
    quiet(browser)


def index_of(page, cell):
    return page.data['cells'].index(cell)


def says_everything_in_both_languages(browser, page):
    words = page.data['words']
    expect_equal(sorted(words['en']), sorted(words['zh']), 'ids of the words')
    browser.open(page, address_of(page, connected_cell(page)))
    browser.click('#close-cell')
    browser.choose('#language', 'zh')
    expect_equal(browser.run('return document.documentElement.lang'), 'zh-Hans', 'the language')
    english = {text for id, text in words['en'].items() if text != words['zh'][id] and '{' not in text}
    for address in ('#matrices', '#claims', '#time-wait', address_of(page, connected_cell(page))):
        browser.run('location.hash = arguments[0]', address)
        browser.until(lambda: not address.count('=') or browser.all('dialog[open]'), 'the cell to open')
        expect_equal(sorted(english & set(page_words(browser))), [], f'English words in Chinese at {address}')
    quiet(browser)


def page_words(browser):
    """Texts and names of elements that are the page's own, not those of the data."""
    return browser.run("""
        const texts = [];
        const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (nodes.nextNode()) if (!nodes.currentNode.parentNode.closest('script, code, svg text.step, noscript, .part-steps, .matrix th, .precondition, .list')) texts.push(nodes.currentNode.data.trim());
        for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]'))
          texts.push(one.getAttribute('aria-label'), one.getAttribute('title'), one.getAttribute('placeholder'));
        return texts.filter(Boolean);""")


def is_light_and_dark(browser, page):
    browser.open(page)
    expect(brightness(browser) > 200, 'the page is dark on a light system')
    browser.system_colours('dark')
    browser.until(lambda: brightness(browser) < 60, 'a dark page on a dark system')
    browser.choose('#theme', 'light')
    browser.until(lambda: brightness(browser) > 200, 'a light page by choice')
    browser.system_colours('light')
    browser.choose('#theme', 'dark')
    browser.until(lambda: brightness(browser) < 60, 'a dark page by choice')
    quiet(browser)


def brightness(browser):
    """Of the paper, from 0 to 255."""
    return browser.run("""
        const canvas = new OffscreenCanvas(1, 1).getContext('2d');
        canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data[1];""")


def grows_for_a_projector(browser, page):
    browser.open(page)
    normal = browser.run("return parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
    browser.choose('#size', 'huge')
    huge = browser.run("return parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
    expect(huge > 1.4 * normal, 'large type is not larger')


def prints(browser, page):
    cell = connected_cell(page)
    browser.open(page, address_of(page, cell))
    browser.one('dialog[open]')
    opened = browser.pdf()
    browser.click('#close-cell')
    browser.until(lambda: not browser.all('dialog[open]'), 'the cell to close')
    browser.choose('#filter-theme', page.data['themes'][0]['id'])
    matrices = browser.pdf()
    for name, paper in (('opened cell', opened), ('matrices', matrices)):
        expect(paper.startswith(b'%PDF') and len(paper) > 10_000, f'the {name} on paper: {len(paper)} bytes')
    expect(opened.count(b'/Type /Page\n') >= 2, 'the opened cell is cut off on paper')
    browser.system_colours('light', 'print')
    expect(not browser.one('.filters').is_displayed(), 'the filters are on paper')
    expect_equal(browser.run("return [...document.querySelectorAll('.place:empty')].length"), 0, 'matrices that are not on paper')
    quiet(browser)


def fits_a_phone(browser, page):
    browser.size(390, 844)
    try:
        for address in (*(f'#{view}' for view in VIEWS), address_of(page, connected_cell(page))):
            browser.open(page, address)
            browser.one(BUTTON)
            width = browser.run("return Math.max(document.documentElement.scrollWidth, document.querySelector('dialog').scrollWidth)")
            expect(width <= 390, f'{address} is {width} pixels wide')
    finally:
        browser.size(1280, 900)


def takes_nothing_for_markup(browser, page):
    def poison(data):
        data['scenarios'][0]['title'] = {'en': '<b class="evil">bold</b>'}
        data['scenarios'][0]['teaches'] = {'en': '</script><b class="evil">bold</b>'}
        data['texts'] = ['<b class="evil">bold</b>' + text for text in data['texts']]
    poisoned = page.with_data(poison)
    browser.open(poisoned, address_of(poisoned, poisoned.data['cells'][0]))
    expect('<b class="evil">bold</b>' in browser.text('dialog[open]'), 'a text of the data is not shown as it is')
    expect_equal(browser.all('.evil'), [], 'elements made of data')


def is_accessible(browser, page, axe):
    """axe-core finds nothing serious in any view, light and dark, nor while predicting."""
    script = Path(axe).read_text(encoding='utf-8')
    theme = page.data['themes'][-1]['id']
    for scheme in ('light', 'dark'):
        for address in (*(f'#{view}' for view in VIEWS), address_of(page, connected_cell(page))):
            browser.open(page, address)
            browser.system_colours(scheme)
            browser.run("const one = document.getElementById('filter-theme'); one.value = arguments[0]; one.dispatchEvent(new Event('change'))", theme)
            expect_equal(faults(browser, script), [], f'accessibility of {address}, {scheme}')
    browser.open(page)
    browser.choose('#filter-theme', theme)
    browser.click('#predict')
    expect_equal(faults(browser, script), [], 'accessibility while predicting')


def faults(browser, script):
    browser.run(script)
    results = browser.driver.execute_async_script(
        "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then((all) => done(all.violations), (error) => done([{impact: 'critical', id: String(error), nodes: []}]))")
    return [f'{one["id"]}: {[node["target"] for node in one["nodes"]][:3]}' for one in results if one['impact'] in ('serious', 'critical')]
