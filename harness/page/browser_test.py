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

from broken_pages import BROKEN, broken
from browser import Browser
from look_checks import is_accessible
from page_file import PageFile


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
        if check is is_accessible:
            return check(self.browser, page, self.axe_path)
        return check(self.browser, page)

    def need_axe(self, check):
        if check is is_accessible and not Path(self.axe_path).is_file():
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
