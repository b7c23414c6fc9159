import hashlib
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import knowledge.policies
from knowledge.clause import Clause
from knowledge.errors import UnreadablePolicy
from knowledge.parser.decoding import LARGEST_FILE, PolicyFormat
from knowledge.parser.policy import ParsedPolicy, parse, parse_as
