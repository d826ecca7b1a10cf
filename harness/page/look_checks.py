"""What must be true of every view: language, colours, size, paper, accessibility."""

from pathlib import Path

from expectations import BUTTON, VIEWS, address_of, connected_cell, expect, expect_equal, quiet


def says_everything_in_both_languages(browser, page):
    words = page.data['words']
    expect_equal(sorted(words['en']), sorted(words['zh']), 'ids of the words')
    browser.open(page, '?lang=zh')
    expect_equal(browser.run('return document.documentElement.lang'), 'zh-Hans', 'the language of ?lang=zh')
    browser.open(page)
    browser.choose('#language', 'zh')
    expect_equal(browser.run('return document.documentElement.lang'), 'zh-Hans', 'the language')
    english = {text for id, text in words['en'].items() if text != words['zh'][id] and '{' not in text}
    for address in ('#matrices', '#claims', '#time-wait', address_of(page, connected_cell(page))):
        browser.run('location.hash = arguments[0]', address)
        browser.until(lambda: not address.count('=') or browser.all('dialog[open]'), 'the cell to open')
        expect_equal(sorted(english & set(page_words(browser))), [], f'English words in Chinese at {address}')
    quiet(browser)


# Where texts of the data stand, which need not be there in Chinese.
FROM_DATA = 'script, noscript, code, textarea, .part-steps, .matrix th, .list td, svg .step'


def page_words(browser):
    """Texts and names of elements that are the page's own, not those of the data."""
    return browser.run("""
        const texts = [];
        const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (nodes.nextNode()) {
          const node = nodes.currentNode;
          if (!node.parentNode.closest(arguments[0])) texts.push(node.data.trim());
        }
        for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]'))
          for (const name of ['aria-label', 'title', 'placeholder']) texts.push(one.getAttribute(name));
        return texts.filter(Boolean);""", FROM_DATA)


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
    expect_equal(len(browser.all('.place:empty')), 0, 'matrices that are not on paper')
    quiet(browser)


def fits_a_phone(browser, page):
    browser.size(390, 844)
    try:
        for address in (*(f'#{view}' for view in VIEWS), address_of(page, connected_cell(page))):
            browser.open(page, address)
            browser.one(BUTTON)
            widths = "['html', 'dialog'].map((one) => document.querySelector(one).scrollWidth)"
            width = browser.run(f'return Math.max(...{widths})')
            expect(width <= 390, f'{address} is {width} pixels wide')
    finally:
        browser.size(1280, 900)


# An opened cell bars the way to the filter.
CHOOSE_THEME = '''
    const filter = document.getElementById('filter-theme');
    filter.value = arguments[0];
    filter.dispatchEvent(new Event('change'));'''


def is_accessible(browser, page, axe):
    """axe-core finds nothing serious in any view, light and dark, nor while predicting."""
    script = Path(axe).read_text(encoding='utf-8')
    theme = page.data['themes'][-1]['id']
    for scheme in ('light', 'dark'):
        for address in (*(f'#{view}' for view in VIEWS), address_of(page, connected_cell(page))):
            browser.open(page, address)
            browser.system_colours(scheme)
            browser.run(CHOOSE_THEME, theme)
            expect_equal(faults(browser, script), [], f'accessibility of {address}, {scheme}')
    browser.open(page)
    browser.choose('#filter-theme', theme)
    browser.click('#predict')
    expect_equal(faults(browser, script), [], 'accessibility while predicting')


def faults(browser, script):
    browser.run(script)
    results = browser.driver.execute_async_script("""
        const done = arguments[0];
        axe.run(document, {resultTypes: ['violations']}).then(
          (all) => done(all.violations),
          (error) => done([{impact: 'critical', id: String(error), nodes: []}]));""")
    serious = [one for one in results if one['impact'] in ('serious', 'critical')]
    return [f'{one["id"]}: {[node["target"] for node in one["nodes"]][:3]}' for one in serious]
