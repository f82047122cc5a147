"""Verifies the folder that each line of standard input names, and answers with a line; so a sweep starts Python once."""
import json, sys

from verify import verify

for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(verify(asked['directory'], asked.get('payloads', False))), flush=True)
