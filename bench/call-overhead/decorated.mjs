import { Traced } from 'spanwright';

/** A method under `@Traced()`, as a compiler applies legacy decorators. */
export function decorated(method, name, Service) {
  const descriptor = { value: method, writable: true, configurable: true };
  return (Traced()(Service.prototype, name, descriptor) ?? descriptor).value;
}
