"""A page file as a test sees it: its data, and copies of it that are broken in one place."""

import base64
import hashlib
import json
import re
from pathlib import Path

DATA = re.compile(r'(<script type="application/json" id="data">)(.*?)(</script>)', re.DOTALL)
STYLE = re.compile(r'<style>(.*?)</style>', re.DOTALL)
SCRIPT = re.compile(r'<script type="module">(.*?)</script>', re.DOTALL)


def hash_of(text):
    return 'sha256-' + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class PageFile:
    """The text of a page; the policy of a changed copy allows the changed script and style."""

    def __init__(self, text):
        self.text = text
        self.data = json.loads(DATA.search(text).group(2))

    @classmethod
    def read(cls, path):
        return cls(Path(path).read_text(encoding='utf-8'))

    def name_of(self, cell):
        scenario = self.data['scenarios'][cell['scenario']]['name']
        return f'{scenario}/{cell["name"]}' if cell['name'] else scenario

    def cells_of(self, scenario):
        return [self.data['cells'][index] for row in scenario['cells'] for index in row if index is not None]

    def with_change(self, old, new):
        """A copy in which `old`, which must be there, is `new`, in style, script or markup."""
        if old not in self.text:
            raise ValueError(f'the page has no {old!r} that could be broken')
        return PageFile(with_hashes(self.text.replace(old, new)))

    def with_data(self, change):
        """A copy whose data `change` has changed."""
        data = json.loads(json.dumps(self.data))
        change(data)
        text = json.dumps(data, ensure_ascii=False).replace('<', '\\u003c')
        return PageFile(DATA.sub(lambda match: match.group(1) + text + match.group(3), self.text))


def with_hashes(text):
    """The policy is an attribute, so its quotes may be written as references."""
    for name, pattern in (('style', STYLE), ('script', SCRIPT)):
        policy = re.compile(rf"({name}-src (?:'|&#?\w+;))sha256-[\w+/=]*")
        hashed = hash_of(pattern.search(text).group(1))
        text, count = policy.subn(lambda match: match.group(1) + hashed, text)
        if count != 1:
            raise ValueError(f'the page has no policy for its {name}')
    return text
