#!/usr/bin/python3
"""Writes a picture of a page with a cell opened beside its matrix.

usage: picture.py PAGE CELL PICTURE
"""

import base64
import sys

from browser import Browser
from page_file import PageFile

# So wide that the cell stands beside its matrix; the picture is 1280 pixels wide.
WIDTH, HEIGHT, SCALE = 1600, 1250, 0.8


def stands_still(browser):
    """Whether the opened cell's button is where it was a few frames ago, in the middle of the window."""
    return browser.driver.execute_async_script("""
        const done = arguments[0];
        const place = () => document.querySelector('button[aria-current]')?.getBoundingClientRect().top;
        const before = place();
        let frames = 15;
        const look = () => {
          if (frames-- > 0) requestAnimationFrame(look);
          else done(before !== undefined && place() === before);
        };
        look();""")


def main(page, cell, picture):
    browser = Browser()
    try:
        browser.size(WIDTH, HEIGHT, SCALE)
        browser.open(PageFile.read(page), f'#{cell}')
        browser.until(lambda: browser.all('dialog[open]'), f'the cell {cell} to open')
        browser.until(lambda: stands_still(browser), 'the page to stand still')
        browser.run('document.activeElement.blur()')
        with open(picture, 'wb') as file:
            file.write(base64.b64decode(browser.command('Page.captureScreenshot', format='png')['data']))
    finally:
        browser.close()


if __name__ == '__main__':
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
