"""Second verifier of ledgers, written from docs/reference/ledger-format.md alone. Usage: verify.py DIR [--payloads] [--anchor FILE]"""
import hashlib, json, os, re, socket, sys, zlib

FORMAT, SECTOR, NO_HASH = 'spanwright-ledger/1', 512, '0' * 64
SEGMENT = re.compile(r'([0-7][0-9A-HJKMNP-TV-Z]{25})-([0-9]{6})\.seg')
ULID, HASH = re.compile(r'[0-7][0-9A-HJKMNP-TV-Z]{25}'), re.compile(r'[0-9a-f]{64}')
STATUSES = ('ok', 'error', 'timeout', 'cancelled', 'abandoned', 'unknown')
u32 = lambda data, at: int.from_bytes(data[at:at + 4], 'little')
sha = lambda data: hashlib.sha256(data).hexdigest()
is_hash = lambda x: isinstance(x, str) and HASH.fullmatch(x) is not None
is_wid = lambda x: isinstance(x, str) and ULID.fullmatch(x) is not None
is_str = lambda x: isinstance(x, str)


def is_count(x):
    return type(x) in (int, float) and x == x and abs(x) < 2 ** 53 and x == int(x) and x >= 0


def frame_at(data, at, magic=b'\xf5LEA', head=20, low=2, high=61440):
    """(entry, synced, end) of the whole frame at an offset, else None."""
    if data[at:at + 4] != magic or at + head > len(data) or u32(data, at + head - 4) != zlib.crc32(data[at:at + head - 4]):
        return None
    end = at + head + u32(data, at + 4)
    entry = data[at + head:end]
    if not low <= end - at - head <= high or end > len(data) or u32(data, at + head - 8) != zlib.crc32(entry):
        return None
    return entry, u32(data, at + 8), end


def later_frame(data, at, count):
    while (at := data.find(b'\xf5LEA', at)) != -1:
        if (frame := frame_at(data, at)) and frame[1] > count:
            return True
        at += 1
    return False


def content_end(data):
    return len(data.rstrip(b'\0'))


def is_torn(data, at):
    first = len(data) - len(data[at:].lstrip(b'\0'))
    if first >= (edge := at - at % SECTOR + SECTOR):
        return first % SECTOR < 20
    head = data[at:at + 20]
    reads = len(head) == 20 and head[:4] == b'\xf5LEA' and u32(head, 16) == zlib.crc32(head[:16]) and 2 <= u32(head, 4) <= 61440
    end = at + 20 + (u32(head, 4) if reads else 0)
    parts = [(k, min(k - k % SECTOR + SECTOR, end)) for k in [at, *range(edge, end, SECTOR)]]
    if not reads:
        parts = [(k, k + SECTOR if k > at else to) for k, to in parts]
    return first == at and (end > len(data) or any(not any(data[k:to]) for k, to in parts))


class Chain:
    def __init__(self, wid, files):
        self.wid, self.files, self.hashes, self.places = wid, files, [], []
        self.open, self.refs, self.payloads, self.unknown, self.first_unknown = {}, [], [], 0, None
        self.problem, self.closed, self.tail, self.calls = None, False, 'clean', 0
        self.end = (f'segments/{wid}-000000.seg', 0)

    def frames(self):
        for index, (number, path) in enumerate(self.files):
            name, count = f'segments/{self.wid}-{index:06d}.seg', len(self.hashes)
            if number != index:
                self.tail, self.end = 'broken', (name, 0)
                return
            with open(path, 'rb') as file:
                data = file.read()
            head = data[:8] == b'SPWSEG01' and len(data) >= 16 and u32(data, 12) == zlib.crc32(data[:12]) and u32(data, 8) == index
            at = 16 if head else 0
            while head and (frame := frame_at(data, at)):
                self.end = (name, at)
                yield frame[0]
                at = frame[2]
            self.end, count = (name, at), len(self.hashes)
            if head and not any(data[at:]):
                continue
            unused = not head and (content_end(data) == 0 or content_end(data) <= 16 < len(data))
            later = [data[at:]] + [open(path, 'rb').read() for _, path in self.files[index + 1:]]
            self.tail = 'broken' if any(later_frame(d, 0, count) for d in later) else 'clean' if unused else 'torn' if is_torn(data, at) else 'broken'
            return

    def scan(self, identity):
        prev = NO_HASH
        for raw in self.frames():
            number = len(self.hashes)
            code, entry = ('after', None) if self.closed else check(raw, identity, self.wid, number, prev)
            if code:
                return self.fail(code, number)
            prev = sha(b'\0' + raw)
            self.hashes.append(prev)
            self.places.append(self.end)
            code = self.keep(entry, number, identity)
            if code:
                return self.fail(code, number)
        if self.tail == 'broken' or (self.tail == 'torn' and self.closed):
            self.fail('frame' if self.tail == 'broken' else 'after', len(self.hashes))

    def fail(self, code, number):
        self.problem = (self.wid, number, code, 'tampered', *self.end)

    def keep(self, entry, number, identity):
        kind = entry['kind']
        for key in {'intent': ['req'], 'outcome': ['res']}.get(kind, []):
            if 'ref' in entry.get(key, {}):
                self.payloads.append((entry[key]['ref'], number))
        if kind == 'genesis' and entry['ledger'] != identity['hash']:
            return 'ledger'
        for why, to in [('head', h) for h in entry['heads']] if kind == 'genesis' else [('recovered', entry['of'])] if kind == 'recovered' else []:
            if to['wid'] == self.wid:
                return 'entry'
            if why == 'recovered' or to['wseq'] >= 0:
                self.refs.append((why, number, to['wid'], to['wseq'], to['hash'], None))
        if kind == 'intent':
            self.calls += 1
            self.open[number] = call_key(entry['call'])
        if kind == 'outcome' and entry['status'] == 'unknown':
            self.unknown, self.first_unknown = self.unknown + 1, number if self.first_unknown is None else self.first_unknown
        if kind == 'close':
            self.closed = True
        if kind not in ('outcome', 'denied') or 'intent' not in entry:
            return None
        to, call = entry['intent'], call_key(entry['call'])
        if to.get('wid', self.wid) != self.wid:
            if kind == 'outcome' and entry['status'] != 'unknown':
                return 'pairing'
            return self.refs.append(('settled', number, to['wid'], to['wseq'], to['hash'], call))
        if self.open.get(to['wseq']) != call or self.hashes[to['wseq']] != to['hash']:
            return 'pairing'
        del self.open[to['wseq']]
        return None


def call_key(call):
    return f"{int(call['attempt'])} {call['id']}"


def check(raw, identity, wid, number, prev):
    try:
        entry = json.loads(raw.decode('utf-8'), parse_constant=lambda _: 1 / 0)
    except (ValueError, ZeroDivisionError, RecursionError):
        entry = None
    if not isinstance(entry, dict) or entry.get('v') != 'al/1':
        return 'entry', None
    wants = (wid, identity['lid'], identity['inc'], prev)
    if tuple(entry.get(k) for k in ('wid', 'lid', 'inc', 'prev')) != wants or not is_count(entry.get('wseq')) or entry['wseq'] != number:
        return 'chain', None
    return (None, entry) if fields_hold(entry) else ('entry', None)


def is_call(x):
    return isinstance(x, dict) and is_str(x.get('id')) and x['id'] != '' and is_count(x.get('attempt')) and x['attempt'] > 0


def is_ref(x):
    return isinstance(x, dict) and is_count(x.get('wseq')) and is_hash(x.get('hash')) and ('wid' not in x or is_wid(x['wid']))


def is_head(x):
    if not isinstance(x, dict) or not is_wid(x.get('wid')):
        return False
    return x.get('hash') == NO_HASH if type(x.get('wseq')) in (int, float) and x['wseq'] == -1 else is_ref(x)


def is_payload(entry, key):
    return key not in entry or isinstance(entry[key], dict) and ('ref' not in entry[key] or is_hash(entry[key]['ref']))


def fields_hold(e):
    kind, mono, is_obj = e.get('kind'), e.get('mono'), lambda x: isinstance(x, dict)
    if not is_str(e.get('t')) or not is_str(mono) or not re.fullmatch(r'[0-9]{1,20}', mono) or not is_str(kind):
        return False
    if not re.fullmatch(r'[a-z][a-z0-9_-]{0,31}', kind) or (kind == 'genesis') != (e['wseq'] == 0):
        return False
    if kind == 'genesis':
        return is_hash(e.get('ledger')) and is_obj(e.get('host')) and isinstance(e.get('heads'), list) and all(map(is_head, e['heads']))
    if kind == 'policy':
        return is_hash(e.get('hash')) and 'data' in e
    if kind == 'intent':
        op, ext, pol = e.get('op'), e.get('ext'), e.get('pol')
        return (is_call(e.get('call')) and is_obj(op) and is_str(op.get('method')) and is_obj(ext) and is_str(ext.get('system'))
                and is_obj(pol) and is_str(pol.get('level')) and is_str(pol.get('ruleId')) and is_hash(pol.get('hash')) and is_payload(e, 'req'))
    if kind == 'outcome':
        return is_call(e.get('call')) and is_ref(e.get('intent')) and e.get('status') in STATUSES and is_payload(e, 'res')
    if kind == 'denied':
        return (is_str(e.get('code')) and ('call' not in e or is_call(e['call'])) and ('count' not in e or is_count(e['count']))
                and ('intent' not in e or is_ref(e['intent']) and 'call' in e))
    if kind == 'recovered':
        return is_head(e.get('of')) and is_count(e.get('droppedBytes')) and is_count(e.get('dangling'))
    need = {'close': is_count(e.get('dangling')), 'note': 'data' in e, 'run': is_str(e.get('run'))}
    return need.get(kind, True)


def cross_check(chains, problems):
    recovered = set()
    for chain in chains.values():
        for why, number, wid, wseq, digest, call in chain.refs:
            target = chains.get(wid) or Chain(wid, [])
            if wseq >= len(target.hashes):
                if not target.problem:
                    problems.append((wid, len(target.hashes), 'missing', 'tampered', *target.end))
            elif wseq >= 0 and target.hashes[wseq] != digest:
                problems.append((wid, wseq, 'other', 'tampered', *target.places[wseq]))
            elif why == 'recovered':
                recovered.add(wid)
                if len(target.hashes) > wseq + 1:
                    problems.append((wid, wseq + 1, 'after', 'tampered', *target.places[wseq + 1]))
            elif why == 'settled' and target.open.get(wseq) != call:
                problems.append((chain.wid, number, 'pairing', 'tampered', *chain.places[number]))
            elif why == 'settled':
                del target.open[wseq]
    return recovered


def check_payloads(directory, chains, problems):
    folder, waiting = os.path.join(directory, 'payloads'), set()
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        if re.fullmatch(r'[0-9A-Z]{26}-[0-9]{6}\.journal', name):
            with open(os.path.join(folder, name), 'rb') as file:
                data, at = file.read(), 0
            while frame := frame_at(data, at, b'\xf5PAY', 16, 0, 1 << 32):
                waiting.add(sha(frame[0]))
                at = frame[2]
    for chain in chains.values():
        for ref, number in chain.payloads:
            path = os.path.join(folder, ref[:2], ref)
            if ref in waiting:
                continue
            if not os.path.isfile(path):
                problems.append((chain.wid, number, 'payload_missing', 'incomplete', *chain.places[number]))
            elif sha(open(path, 'rb').read()) != ref:
                problems.append((chain.wid, number, 'payload', 'tampered', *chain.places[number]))


def is_alive(directory, wid):
    try:
        folder = os.open(os.path.join(directory, 'live'), os.O_RDONLY)
    except OSError:
        return False
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.connect(f'/proc/self/fd/{folder}/{wid}.sock')
        return True
    except OSError:
        return False
    finally:
        os.close(folder)


def read_identity(directory):
    with open(os.path.join(directory, 'ledger.json'), 'rb') as file:
        data = file.read()
    try:
        says = json.loads(data.decode('utf-8'))
    except ValueError:
        says = None
    known = isinstance(says, dict) and says.get('format') == FORMAT and is_str(says.get('lid')) and is_str(says.get('inc'))
    return {'hash': sha(data), 'known': known, 'lid': says['lid'] if known else '', 'inc': says['inc'] if known else ''}


def list_chains(directory):
    found, folder = {}, os.path.join(directory, 'segments')
    for name in sorted(os.listdir(folder)) if os.path.exists(folder) else []:
        if match := SEGMENT.fullmatch(name):
            found.setdefault(match[1], []).append((int(match[2]), os.path.join(folder, name)))
    return {wid: Chain(wid, files) for wid, files in found.items()}


def check_foreign(chains, identity, problems):
    for chain in chains.values():
        for raw in chain.frames():
            try:
                first = json.loads(raw.decode('utf-8'))
            except (ValueError, RecursionError):
                first = None
            if isinstance(first, dict) and first.get('kind') == 'genesis' and first.get('ledger') != identity['hash']:
                problems.append((chain.wid, 0, 'ledger', 'tampered', *chain.end))
            break
    problems.append(('', -1, 'file', 'unreadable', '', 0))


def check_chains(directory, identity, chains, problems, payloads):
    alive = {wid for wid in chains if is_alive(directory, wid)}
    for chain in chains.values():
        chain.scan(identity)
        problems += [chain.problem] if chain.problem else []
    recovered = cross_check(chains, problems)
    if not chains:
        problems.append(('', -1, 'empty', 'incomplete', '', 0))
    for wid, chain in chains.items():
        if chain.problem:
            continue
        if not chain.closed and wid not in recovered | alive:
            problems.append((wid, len(chain.hashes), 'torn' if chain.tail == 'torn' else 'open', 'incomplete', *chain.end))
        if chain.open and wid not in alive:
            first = min(chain.open)
            problems.append((wid, first, 'dangling', 'incomplete', *chain.places[first]))
        if chain.unknown:
            problems.append((wid, chain.first_unknown, 'unknown', 'incomplete', *chain.places[chain.first_unknown]))
    if payloads:
        check_payloads(directory, chains, problems)


def verify(directory, payloads=False, anchor=None):
    problems, chains = [], {}
    try:
        identity = read_identity(directory)
        chains = list_chains(directory)
        if identity['known']:
            check_chains(directory, identity, chains, problems, payloads)
        else:
            check_foreign(chains, identity, problems)
    except OSError as error:
        problems.append(('', -1, 'file', 'unreadable', str(error.filename), 0))
    problems.sort(key=lambda p: p[:3])
    kinds = {p[3] for p in problems}
    code = 1 if 'tampered' in kinds else 3 if 'unreadable' in kinds else 4 if anchor and not os.path.exists(anchor) else 2 if kinds else 0
    listed = [dict(zip(('wid', 'wseq', 'code', 'severity', 'file', 'offset'), p)) for p in problems]
    first = next((p for p in listed if p['severity'] == 'tampered'), None)
    return {'exitCode': code, 'firstBroken': first, 'problems': listed, 'writers': len(chains), 'entries': sum(len(c.hashes) for c in chains.values())}


if __name__ == '__main__':
    rest = sys.argv[1:]
    anchor = rest[rest.index('--anchor') + 1] if '--anchor' in rest else None
    report = verify(rest[0], '--payloads' in rest, anchor)
    print(json.dumps(report))
    sys.exit(report['exitCode'])
