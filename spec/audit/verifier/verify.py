"""Second verifier of ledgers, written from docs/reference/ledger-format.md. Usage: verify.py DIR [--payloads] [--anchor FILE]"""
import hashlib, json, os, re, socket, sys, zlib

ULID, SECTOR, NO_HASH, FRAME = '[0-7][0-9A-HJKMNP-TV-Z]{25}', 512, '0' * 64, b'\xf5LEA'
u32 = lambda data, at: int.from_bytes(data[at:at + 4], 'little')
sha = lambda data: hashlib.sha256(data).hexdigest()
text = lambda x: isinstance(x, str)
obj = lambda x: isinstance(x, dict)
digest = lambda x: text(x) and re.fullmatch('[0-9a-f]{64}', x) is not None
writer = lambda x: text(x) and re.fullmatch(ULID, x) is not None
count = lambda x: type(x) is int and x >= 0
call = lambda x: obj(x) and text(x.get('id')) and x['id'] != '' and count(x.get('attempt')) and x['attempt'] > 0
ref = lambda x: obj(x) and count(x.get('wseq')) and digest(x.get('hash')) and ('wid' not in x or writer(x['wid']))
none = lambda x: type(x.get('wseq')) is int and x['wseq'] == -1 and x.get('hash') == NO_HASH
head = lambda x: obj(x) and writer(x.get('wid')) and (none(x) or ref(x))
payload = lambda x: obj(x) and ('ref' not in x or digest(x['ref']))
has = lambda *names: lambda x: obj(x) and all(text(x.get(name)) for name in names)
FIELDS = {  # with a question mark: where it is there
    'genesis': {'ledger': digest, 'host': obj, 'heads': lambda x: isinstance(x, list) and all(map(head, x))},
    'policy': {'hash': digest, 'data': lambda _: True},
    'intent': {'call': call, 'op': has('method'), 'ext': has('system'), 'req?': payload,
               'pol': lambda x: has('level', 'ruleId')(x) and digest(x.get('hash'))},
    'outcome': {'call': call, 'intent': ref, 'res?': payload,
                'status': lambda x: x in ('ok', 'error', 'timeout', 'cancelled', 'abandoned', 'unknown')},
    'denied': {'code': text, 'call?': call, 'count?': count, 'intent?': ref},
    'recovered': {'of': head, 'droppedBytes': count, 'dangling': count},
    'close': {'dangling': count}, 'note': {'data': lambda _: True}, 'run': {'run': text},
}


def frame_at(data, at, magic=FRAME, size=20, least=2, most=61440):
    """(body, third field, end) of the whole frame at an offset, else None."""
    if data[at:at + 4] != magic or at + size > len(data) or u32(data, at + size - 4) != zlib.crc32(data[at:at + size - 4]):
        return None
    end = at + size + u32(data, at + 4)
    whole = least <= end - at - size <= most and end <= len(data) and u32(data, at + size - 8) == zlib.crc32(data[at + size:end])
    return (data[at + size:end], u32(data, at + 8), end) if whole else None


def later_frame(data, durable):
    at = -1
    while (at := data.find(FRAME, at + 1)) != -1:
        if (frame := frame_at(data, at)) and frame[1] > durable:
            return True
    return False


def is_torn(data, at):
    first, edge = len(data) - len(data[at:].lstrip(b'\0')), at - at % SECTOR + SECTOR
    if first != at:
        return first >= edge and first % SECTOR < 20
    reads = data[at:at + 4] == FRAME and len(data) >= at + 20 and u32(data, at + 16) == zlib.crc32(data[at:at + 16])
    length = u32(data, at + 4) if reads and 2 <= u32(data, at + 4) <= 61440 else 0
    end = at + 20 + length
    sectors = [(k, k + SECTOR if k > at and not length else min(k - k % SECTOR + SECTOR, end)) for k in [at, *range(edge, end, SECTOR)]]
    return end > len(data) or any(not any(data[k:to]) for k, to in sectors)


def read(path):
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), 'rb') as file:
        return file.read()


def number(digits):
    value = float(digits)
    return int(value) if value.is_integer() and abs(value) < 2 ** 53 else value


def parse(raw):
    try:
        return json.loads(raw.decode('utf-8'), parse_constant=lambda _: 1 / 0, parse_float=number, parse_int=number)
    except (ValueError, ZeroDivisionError, RecursionError):
        return None


class Chain:
    def __init__(self, wid, files):
        self.wid, self.files, self.place, self.tail = wid, files, (f'segments/{wid}-000000.seg', 0), 'clean'
        self.hashes, self.places, self.open, self.refs, self.payloads, self.unknown = [], [], {}, [], [], []
        self.problem, self.closed = None, False

    def frames(self):
        for index, (number, path) in enumerate(self.files):
            name = f'segments/{self.wid}-{index:06d}.seg'
            if number != index:
                self.place, self.tail = (name, 0), 'broken'
                return
            data = read(path)
            reads = data[:8] == b'SPWSEG01' and len(data) > 15 and u32(data, 12) == zlib.crc32(data[:12]) and u32(data, 8) == index
            at = 16 if reads else 0
            while reads and (frame := frame_at(data, at)):
                self.place = (name, at)
                yield frame[0]
                at = frame[2]
            self.place, used = (name, at), len(data.rstrip(b'\0'))
            if reads and used <= at:
                continue
            rest = [data[at:]] + [read(later) for _, later in self.files[index + 1:]]
            if any(later_frame(part, len(self.hashes)) for part in rest):
                self.tail = 'broken'
            elif reads or not (used == 0 or used <= 16 < len(data)):
                self.tail = 'torn' if is_torn(data, at) else 'broken'
            return

    def scan(self, identity):
        prev = NO_HASH
        for raw in self.frames():
            code = self.check(entry := parse(raw), identity, prev)
            if not code:
                prev = sha(b'\0' + raw)
                self.hashes.append(prev)
                self.places.append(self.place)
                code = self.keep(entry, len(self.hashes) - 1, identity)
                self.problem = code and (self.wid, len(self.hashes) - 1, code, 'tampered', *self.place)
            else:
                self.problem = (self.wid, len(self.hashes), code, 'tampered', *self.place)
            if code:
                return
        if self.tail == 'broken' or self.tail == 'torn' and self.closed:
            code = 'frame' if self.tail == 'broken' else 'after'
            self.problem = (self.wid, len(self.hashes), code, 'tampered', *self.place)

    def check(self, entry, identity, prev):
        if self.closed:
            return 'after'
        if not obj(entry) or entry.get('v') != 'al/1':
            return 'entry'
        wants = {'wid': self.wid, 'lid': identity['lid'], 'inc': identity['inc'], 'prev': prev}
        if any(entry.get(k) != v for k, v in wants.items()) or not count(entry.get('wseq')) or entry['wseq'] != len(self.hashes):
            return 'chain'
        kind, mono = entry.get('kind'), entry.get('mono')
        if not (text(entry.get('t')) and text(mono) and re.fullmatch('[0-9]{1,20}', mono) and text(kind)):
            return 'entry'
        if not re.fullmatch('[a-z][a-z0-9_-]{0,31}', kind) or (kind == 'genesis') != (entry['wseq'] == 0):
            return 'entry'
        for name, holds in FIELDS.get(kind, {}).items():
            field = name.rstrip('?')
            if not holds(entry[field]) if field in entry else name == field:
                return 'entry'
        return 'entry' if kind == 'denied' and 'intent' in entry and 'call' not in entry else None

    def keep(self, entry, number, identity):
        """What other chains are compared with; the code of what is wrong in this one."""
        kind = entry['kind']
        kept = entry.get('req') if kind == 'intent' else entry.get('res') if kind == 'outcome' else None
        if kept and 'ref' in kept:
            self.payloads.append((kept['ref'], number))
        if kind == 'outcome' and entry['status'] == 'unknown':
            self.unknown.append(number)
        if kind == 'intent':
            self.open[number] = key(entry['call'])
        self.closed = kind == 'close'
        if kind == 'genesis' and entry['ledger'] != identity['hash']:
            return 'ledger'
        for to in entry['heads'] if kind == 'genesis' else [entry['of']] if kind == 'recovered' else []:
            if to['wid'] == self.wid:
                return 'entry'
            if kind == 'recovered' or to['wseq'] >= 0:
                self.refs.append((kind, number, to, None))
        if kind not in ('outcome', 'denied') or 'intent' not in entry:
            return None
        to = entry['intent']
        if to.get('wid', self.wid) != self.wid:
            self.refs.append(('settled', number, to, key(entry['call'])))
            return 'pairing' if kind == 'outcome' and entry['status'] != 'unknown' and self.refs.pop() else None
        if self.open.get(to['wseq']) != key(entry['call']) or self.hashes[to['wseq']] != to['hash']:
            return 'pairing'
        del self.open[to['wseq']]


def key(call):
    return f"{int(call['attempt'])} {call['id']}"


def cross_check(chains, add):
    recovered = set()
    for chain in chains.values():
        for why, number, to, settled in chain.refs:
            wid, wseq, target = to['wid'], to['wseq'], chains.get(to['wid']) or Chain(to['wid'], [])
            if wseq >= len(target.hashes):
                if not target.problem:
                    add(wid, len(target.hashes), 'missing', 'tampered', *target.place)
            elif wseq >= 0 and target.hashes[wseq] != to['hash']:
                add(wid, wseq, 'other', 'tampered', *target.places[wseq])
            elif why == 'recovered':
                recovered.add(wid)
                if len(target.hashes) > wseq + 1:
                    add(wid, wseq + 1, 'after', 'tampered', *target.places[wseq + 1])
            elif why == 'settled' and target.open.get(wseq) == settled:
                del target.open[wseq]
            elif why == 'settled':
                add(chain.wid, number, 'pairing', 'tampered', *chain.places[number])
    return recovered


def check_payloads(directory, chains, add):
    folder, waiting = os.path.join(directory, 'payloads'), set()
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        data, at = read(os.path.join(folder, name)) if name.endswith('.journal') else b'', 0
        while frame := frame_at(data, at, b'\xf5PAY', 16, 0, 1 << 32):
            waiting.add(sha(frame[0]))
            at = frame[2]
    for chain in chains.values():
        for name, number in chain.payloads:
            path = os.path.join(folder, name[:2], name)
            if name not in waiting and not os.path.isfile(path):
                add(chain.wid, number, 'payload_missing', 'incomplete', *chain.places[number])
            elif name not in waiting and sha(read(path)) != name:
                add(chain.wid, number, 'payload', 'tampered', *chain.places[number])


def is_alive(directory, wid):
    """By its socket alone; the path of one may be longer than the system takes."""
    try:
        folder = os.open(os.path.join(directory, 'live'), os.O_RDONLY)
    except OSError:
        return False
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(f'/proc/self/fd/{folder}/{wid}.sock') == 0
    finally:
        os.close(folder)


def check_chains(directory, identity, chains, payloads, add):
    alive = {wid for wid in chains if is_alive(directory, wid)}
    for chain in chains.values():
        try:
            chain.scan(identity)
        except OSError:
            chain.problem = (chain.wid, len(chain.hashes), 'file', 'unreadable', f'segments/{chain.wid}-000000.seg', 0)
        if chain.problem:
            add(*chain.problem)
    recovered = cross_check(chains, add)
    if not chains:
        add('', -1, 'empty', 'incomplete', '', 0)
    for wid, chain in chains.items():
        if not chain.problem and not chain.closed and wid not in recovered | alive:
            add(wid, len(chain.hashes), 'torn' if chain.tail == 'torn' else 'open', 'incomplete', *chain.place)
        for code, numbers in (('dangling', [] if wid in alive else chain.open), ('unknown', chain.unknown)):
            if numbers and not chain.problem:
                add(wid, min(numbers), code, 'incomplete', *chain.places[min(numbers)])
    if payloads:
        check_payloads(directory, chains, add)


def verify(directory, payloads=False, anchor=None):
    problems, chains, folder = [], {}, os.path.join(directory, 'segments')
    add = lambda *problem: problems.append(problem)
    try:
        raw = read(os.path.join(directory, 'ledger.json'))
        for name in sorted(os.listdir(folder)) if os.path.exists(folder) else []:
            if match := re.fullmatch(rf'({ULID})-([0-9]{{6}})\.seg', name):
                chains.setdefault(match[1], Chain(match[1], [])).files.append((int(match[2]), os.path.join(folder, name)))
        says = parse(raw)
        if has('format', 'lid', 'inc')(says) and says['format'] == 'spanwright-ledger/1':
            check_chains(directory, {**says, 'hash': sha(raw)}, chains, payloads, add)
        else:
            for chain in chains.values():
                first = parse(next(chain.frames(), b''))
                if obj(first) and first.get('kind') == 'genesis' and first.get('ledger') != sha(raw):
                    add(chain.wid, 0, 'ledger', 'tampered', *chain.place)
            add('', -1, 'file', 'unreadable', '', 0)
    except OSError as error:
        add('', -1, 'file', 'unreadable', str(error.filename), 0)
    found, kinds = sorted(problems, key=lambda p: p[:3]), {p[3] for p in problems}
    code = 1 if 'tampered' in kinds else 3 if 'unreadable' in kinds else 4 if anchor and not os.path.exists(anchor) else 2 if kinds else 0
    listed = [dict(zip(('wid', 'wseq', 'code', 'severity', 'file', 'offset'), p)) for p in found]
    first = next((p for p in listed if p['severity'] == 'tampered'), None)
    entries = sum(len(chain.hashes) for chain in chains.values())
    return {'exitCode': code, 'firstBroken': first, 'writers': len(chains), 'entries': entries, 'problems': listed}


if __name__ == '__main__':
    options = sys.argv[2:]
    report = verify(sys.argv[1], '--payloads' in options, options[options.index('--anchor') + 1] if '--anchor' in options else None)
    print(json.dumps(report))
    sys.exit(report['exitCode'])
