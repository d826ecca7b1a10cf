"""What the checks of a page share. A check raises AssertionError where something is not as it must be."""

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


def index_of(page, cell):
    return page.data['cells'].index(cell)


def cell_with(page, wanted, what):
    cell = next((cell for cell in page.data['cells'] if wanted(cell)), None)
    expect(cell, f'this page has no cell with {what}; give the test a page of a whole run')
    return cell


def connected_cell(page):
    def has_two_ends(cell):
        ends = [end for end in cell.get('ends', []) if end.get('remote')]
        return len(ends) == 2 and len(ends[0]['moments']) > 2
    return cell_with(page, has_two_ends, 'a connection seen at both ends')
