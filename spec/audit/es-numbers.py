"""Writes doubles as ECMAScript does (Number::toString): one line of 16 hexadecimal digits in, one line of text out.

The shortest digits that read back as the same double are those of repr(); only where the point and the exponent stand differs.
"""

import struct
import sys
from decimal import Decimal


def es_number(value: float) -> str:
    if value == 0:
        return "0"
    sign, digit_tuple, exponent = Decimal(repr(value)).as_tuple()
    text = "".join(map(str, digit_tuple))
    digits = text.rstrip("0")
    # The value is 0.digits * 10 ** point.
    point = len(text) + exponent
    count = len(digits)
    if count <= point <= 21:
        body = digits + "0" * (point - count)
    elif 0 < point <= 21:
        body = digits[:point] + "." + digits[point:]
    elif -6 < point <= 0:
        body = "0." + "0" * -point + digits
    else:
        power = point - 1
        mantissa = digits if count == 1 else digits[0] + "." + digits[1:]
        body = mantissa + "e" + ("+" if power > 0 else "-") + str(abs(power))
    return ("-" if sign else "") + body


sys.stdout.write("".join(es_number(struct.unpack(">d", bytes.fromhex(line))[0]) + "\n" for line in sys.stdin.read().split()))
