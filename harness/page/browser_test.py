#!/usr/bin/python3
"""Opens a page in Chromium and tries all that it offers; then breaks it, and each check must notice.

usage: browser_test.py PAGE AXE [-k PATTERN]
  PAGE  what `timewait report` wrote, of a whole run with its evidence
  AXE   axe.min.js of the version that package-lock.json names
"""

import sys
import unittest
from pathlib import Path

from selenium.common.exceptions import TimeoutException

import page_checks as checks
from browser import Browser
from page_file import PageFile


def forget_a_word(data):
    del data['words']['zh']['filter.verdict']


def forget_all_words(data):
    data['words']['zh'] = dict(data['words']['en'])
    data['words']['zh']['filter.verdict'] = '判定'


def unknown_state(data):
    next(cell for cell in data['cells'] if cell.get('ends'))['ends'][0]['moments'][0][1] = 'NOWHERE'


# Each check, and the ways to break a page that it must notice.
BROKEN = [
    (checks.opens_from_disk, 'a state without a place in the diagram', unknown_state),
    (checks.opens_from_disk, 'a word that is asked for and not there', ("say('filter.theme')", "say('filter.them')")),
    (checks.opens_from_disk, 'a request to the network', ("default-src 'none'", "connect-src *", 'check_places();', "check_places(); fetch('http://127.0.0.1:18081/').catch(() => {});")),
    (checks.filters, 'a filter that hides nothing', ('view.section.hidden = view.matching.length === 0', 'view.section.hidden = false')),
    (checks.filters, 'a search that finds everything', ('return terms.every', 'return true || terms.every')),
    (checks.opens_a_cell_by_keyboard, 'no arrow keys', ('onkeydown: walk_grid', 'onkeyoff: walk_grid')),
    (checks.opens_a_cell_by_keyboard, 'Escape closes nothing', ('oncancel: (event) => { event.preventDefault(); close_cell(); }', 'oncancel: (event) => event.preventDefault()')),
    (checks.has_links_and_a_way_back, 'no address of its own', ('location.hash = link_to(name_of(cell));', 'show_cell(cell);')),
    (checks.opens_beside_the_matrix, 'a sheet that bars the matrix', ('dialog.show()', 'dialog.showModal()')),
    (checks.opens_beside_the_matrix, 'Escape closes nothing', ("event.key === 'Escape'", "event.key === 'Sleep'")),
    (checks.tells_all_of_a_cell, 'no rules', ("...rules.map(rule_item)", "")),
    (checks.tells_all_of_a_cell, 'no commands', ('`timewait run ${name}`', "''")),
    (checks.draws_the_ladder, 'no arrows', ("const name = `arrow ${", "const name = `line ${")),
    (checks.draws_the_ladder, 'one time axis only', ("radio('true', true)", "radio('true', false)")),
    (checks.steps_through_the_diagram, 'a slider that does nothing', ("controls.slider.addEventListener('input', draw);", '')),
    (checks.steps_through_the_diagram, 'no ends in the diagram', ("`flag side${side}`", "`side${side}`")),
    (checks.marks_what_was_not_seen, 'everything looks seen', ("'unseen-move'", "''")),
    (checks.hides_until_revealed, 'outcomes that are not hidden', ('return prediction.on && !prediction.revealed.has(cell.scenario);', 'return false;')),
    (checks.hides_until_revealed, 'verdicts that a filter tells', ("filter.verdict === '' || is_hidden(cell) || cell.verdict", "filter.verdict === '' || !is_hidden(cell) && cell.verdict")),
    (checks.keeps_the_score, 'every guess is right', (': guessed === cell.outcome', ': true')),
    (checks.says_everything_in_both_languages, 'a word without Chinese', forget_a_word),
    (checks.says_everything_in_both_languages, 'a word that is not of the list', ("say('predict.first')", "'Predict first'")),
    (checks.is_light_and_dark, 'a switch that does not darken', (':root[data-theme="dark"]', ':root[data-theme="night"]')),
    (checks.grows_for_a_projector, 'type of one size', ('[data-size="huge"]', '[data-size="giant"]')),
    (checks.prints, 'no style for paper', ('@media print', '@media speech')),
    (checks.prints, 'matrices that were not made yet', ('build_all();', '', 'build_in_idle_time(matrices.views);', '')),
    (checks.fits_a_phone, 'tables that do not scroll', ('.scroll { overflow-x: auto; max-width: 100%;', '.scroll { width: max-content;')),
    (checks.takes_nothing_for_markup, 'texts that become markup',
     ("node.append(...children.flat().filter((child) => child !== null && child !== undefined));",
      "for (const child of children.flat()) if (typeof child === 'string') node.insertAdjacentHTML('beforeend', child); else if (child) node.append(child);")),
    (checks.is_accessible, 'pale type', ('--quiet: light-dark(#565f6a, #a4adb8);', '--quiet: light-dark(#c0c4c8, #4a4f55);')),
    (checks.is_accessible, 'a field without a name', ("el('label', {for: id}, label)", "el('span', {}, label)")),
]


def broken(page, how):
    if callable(how):
        return page.with_data(how)
    for old, new in zip(how[::2], how[1::2]):
        page = page.with_change(old, new)
    return page


class PageTest(unittest.TestCase):
    page_path = None
    axe_path = None

    @classmethod
    def setUpClass(cls):
        cls.page = PageFile.read(cls.page_path)
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def run_check(self, check, page):
        if check is checks.is_accessible:
            return check(self.browser, page, self.axe_path)
        return check(self.browser, page)

    def need_axe(self, check):
        if check is checks.is_accessible and not Path(self.axe_path).is_file():
            self.fail(f'accessibility is not checked: {self.axe_path} is not there; '
                      'scripts/browser-test gets it from npm, and says why if it cannot')


def good(check):
    def test(self):
        self.need_axe(check)
        self.run_check(check, self.page)
    return test


def bad(check, what, how):
    def test(self):
        self.need_axe(check)
        page = broken(self.page, how)
        self.browser.deadline_seconds = 4
        try:
            self.run_check(check, page)
        except (AssertionError, TimeoutException) as noticed:
            print(f'notices {what}: {str(noticed).strip().splitlines()[0][:150]}', file=sys.stderr, flush=True)
            return
        finally:
            self.browser.deadline_seconds = 20
        self.fail(f'{check.__name__} does not notice {what}')
    return test


def add_tests():
    for check in dict.fromkeys(check for check, _, _ in BROKEN):
        setattr(PageTest, f'test_{check.__name__}', good(check))
    for check, what, how in BROKEN:
        name = what.replace(' ', '_')
        setattr(PageTest, f'test_{check.__name__}__notices_{name}', bad(check, what, how))


def main(arguments):
    if len(arguments) < 2:
        sys.exit(__doc__)
    PageTest.page_path, PageTest.axe_path, *others = arguments
    add_tests()
    unittest.main(argv=[sys.argv[0], *others], verbosity=2)


if __name__ == '__main__':
    main(sys.argv[1:])
