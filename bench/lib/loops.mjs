// Each variant gets classes and loops compiled for it alone: shared code would share inline caches and blur them all.
let unique = 0;

const BODY = {
  sync: (i) => `m${i}(x) { return x + ${i + 1}; }`,
  async: (i) => `async m${i}(x) { return x + ${i + 1}; }`,
};

/** A class with `count` small methods, wrapped by `wrap(method, name)`; `kind` is `sync` or `async`. */
export function serviceOf({ count, kind, wrap }) {
  const methods = Array.from({ length: count }, (_, i) => BODY[kind](i)).join('\n');
  const Service = new Function(`/* ${unique++} */ return class Service { ${methods} };`)();
  for (let i = 0; i < count; i++) {
    const name = `m${i}`;
    const value = wrap(Service.prototype[name], name, Service);
    Object.defineProperty(Service.prototype, name, { value, writable: true, configurable: true });
  }
  return new Service();
}

/** A variant that calls every method of a service of its own by name, one after the other. */
export function direct(name, { count, kind, wrap }) {
  const wait = kind === 'async' ? 'await ' : '';
  const calls = Array.from({ length: count }, (_, i) => `sum = (sum + ${wait}service.m${i}(i)) | 0;`).join('');
  const body = `let sum = 0; for (let i = 0; i < n; i++) { ${calls} } return sum;`;
  const loop = new Function('service', 'n', `/* ${unique++} */ ${wait ? `return (async () => { ${body} })()` : body}`);
  const service = serviceOf({ count, kind, wrap });
  return { name, calls: count, run: (n) => loop(service, n) };
}

/** A variant whose one call site meets twenty methods of twenty classes: nothing can be inlined, as in a large program. */
export function mixed(name, { wrap }) {
  const count = 20;
  const loop = new Function(
    'services',
    'n',
    `/* ${unique++} */ let sum = 0;
     for (let i = 0; i < n; i++) for (let j = 0; j < ${count}; j++) sum = (sum + services[j].m0(i)) | 0;
     return sum;`,
  );
  const services = Array.from({ length: count }, () => serviceOf({ count: 1, kind: 'sync', wrap }));
  return { name, calls: count, run: (n) => loop(services, n) };
}
