"""What must be true of the matrices: opening, filters, predictions."""

from browser import Keys
from expectations import BUTTON, address_of, connected_cell, expect, expect_equal, index_of, quiet


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
    browser.one('#filter-text').send_keys(Keys.CONTROL, 'a')
    browser.one('#filter-text').send_keys(Keys.DELETE)
    theme = page.data['themes'][-1]
    browser.choose('#filter-theme', theme['id'])
    names = [page.data['scenarios'][i]['name'] for i in theme['scenarios']]
    expect_equal(visible_scenarios(browser), names, 'the theme shows')
    browser.choose('#filter-theme', '')
    browser.choose('#filter-verdict', 'error')
    errors = [cell for cell in page.data['cells'] if cell['verdict'] == 'error']
    expect(bool(visible_scenarios(browser)) == bool(errors), 'the filter of verdicts shows the wrong scenarios')
    quiet(browser)


def visible_scenarios(browser):
    return browser.run("return [...document.querySelectorAll('.scenario')].filter((one) => one.checkVisibility())"
                       ".map((one) => one.querySelector('.name').textContent)")


def hides_until_revealed(browser, page):
    browser.open(page)
    browser.one(BUTTON)
    browser.click('#predict')
    browser.until(lambda: browser.one('#predict').get_attribute('aria-checked') == 'true', 'the switch')
    browser.one(BUTTON)
    secret = f'{BUTTON}, .matrix .mark, .teaches:not([hidden]), #view-claims :is(.finding, .truth, .condition)'
    shown = browser.run('return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)', secret)
    shown = [words for words in shown if words != '?']
    expect_equal(shown, [], 'while predicting one sees')
    cell = connected_cell(page)
    browser.choose('#filter-verdict', cell['verdict'])
    count = browser.text('#count')
    expect(str(len(page.data['cells'])) in count, f'the filter tells verdicts while they are hidden: {count}')
    browser.run('location.hash = arguments[0]', address_of(page, cell))
    browser.one('dialog[open] .part-guess')
    sheet = browser.text('dialog')
    expect('as expected' not in sheet, 'the opened cell tells its verdict while it is hidden')
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
    for answer in ('right', 'wrong'):
        expect_equal(len(browser.all(f'td .guess.{answer}')), 1, f'cells marked {answer}')
    browser.click('#reveal-all')
    browser.until(lambda: not browser.all('td.hidden'), 'everything to be revealed')
    expect('1 of 2' in browser.text('#score'), 'the score is lost when all is revealed')
    quiet(browser)


def takes_nothing_for_markup(browser, page):
    def poison(data):
        data['scenarios'][0]['title'] = {'en': '<b class="evil">bold</b>'}
        data['scenarios'][0]['teaches'] = {'en': '</script><b class="evil">bold</b>'}
        data['texts'] = ['<b class="evil">bold</b>' + text for text in data['texts']]
    poisoned = page.with_data(poison)
    browser.open(poisoned, address_of(poisoned, poisoned.data['cells'][0]))
    expect('<b class="evil">bold</b>' in browser.text('dialog[open]'), 'a text of the data is not shown as it is')
    expect_equal(browser.all('.evil'), [], 'elements made of data')
