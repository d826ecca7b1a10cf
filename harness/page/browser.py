"""Chromium without a window, opened for a page from disk. Every wait has a deadline and a condition."""

import base64
import json
import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import ElementClickInterceptedException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
         '--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars']


class Browser:
    """One Chromium with a profile of its own; `close()` ends both."""

    def __init__(self):
        self.deadline_seconds = 20
        self.folder = tempfile.TemporaryDirectory(prefix='timewait-browser-')
        options = webdriver.ChromeOptions()
        options.binary_location = '/usr/bin/chromium'
        for flag in [*FLAGS, f'--user-data-dir={self.folder.name}/profile']:
            options.add_argument(flag)
        options.set_capability('goog:loggingPrefs', {'browser': 'ALL', 'performance': 'ALL'})
        self.driver = webdriver.Chrome(service=Service('/usr/bin/chromedriver'), options=options)
        self.size(1280, 900)

    def close(self):
        self.driver.quit()
        self.folder.cleanup()

    def open(self, page, address=''):
        """Opens a page afresh, as light, and forgets what was logged before."""
        file = Path(self.folder.name) / 'page.html'
        file.write_text(page.text, encoding='utf-8')
        self.system_colours('light')
        self.driver.get('about:blank')
        self.log('browser'), self.log('performance')
        self.driver.get(f'file://{file}{address}')

    def size(self, width, height, scale=1):
        self.command('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=scale, mobile=False)

    def system_colours(self, scheme, media=''):
        self.command('Emulation.setEmulatedMedia', media=media, features=[{'name': 'prefers-color-scheme', 'value': scheme}])

    def command(self, name, **values):
        return self.driver.execute_cdp_cmd(name, values)

    def log(self, kind):
        return self.driver.get_log(kind)

    def requests(self):
        """Addresses of what the page asked for since it was opened, but for itself."""
        messages = [json.loads(entry['message'])['message'] for entry in self.log('performance')]
        sent = [one['params']['request']['url'] for one in messages if one['method'] == 'Network.requestWillBeSent']
        return [address for address in sent if not address.startswith(('file:', 'about:', 'data:'))]

    def run(self, script, *values):
        return self.driver.execute_script(script, *values)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.until(lambda: next(iter(self.all(selector)), None), f'something that is {selector}')

    def text(self, selector):
        return self.one(selector).text

    def click(self, selector):
        self.run('arguments[0].scrollIntoView({block: "center"})', self.one(selector))
        self.until(lambda: self.could_click(selector), f'nothing to lie over {selector}')

    def could_click(self, selector):
        try:
            self.one(selector).click()
        except (ElementClickInterceptedException, StaleElementReferenceException):
            return False
        return True

    def choose(self, selector, value):
        Select(self.one(selector)).select_by_value(value)

    def press(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def until(self, condition, what):
        wait = WebDriverWait(self.driver, self.deadline_seconds, poll_frequency=0.05)
        return wait.until(lambda _: condition(), f'waited {self.deadline_seconds} s for {what}')

    def focused(self):
        return self.driver.switch_to.active_element

    def pdf(self):
        return base64.b64decode(self.command('Page.printToPDF', printBackground=True)['data'])


__all__ = ['Browser', 'Keys']
