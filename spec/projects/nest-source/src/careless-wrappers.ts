type Method = (this: unknown, ...args: unknown[]) => unknown;

// What many wrappers do: the call is right, the function is another one.
function wrap(method: Method): Method {
  return function wrapped(this: unknown, ...args: unknown[]): unknown {
    return Reflect.apply(method, this, args);
  };
}

function decorateWith(wrapOne: (method: Method) => Method): MethodDecorator & ClassDecorator {
  return (target: unknown, _key?: unknown, descriptor?: { value?: unknown }): void => {
    if (descriptor !== undefined) {
      descriptor.value = wrapOne(descriptor.value as Method);
      return;
    }
    const { prototype } = target as { prototype: Record<string, Method> };
    for (const key of Object.getOwnPropertyNames(prototype)) {
      const own = Object.getOwnPropertyDescriptor(prototype, key);
      if (key === 'constructor' || typeof own?.value !== 'function') continue;
      Object.defineProperty(prototype, key, { ...own, value: wrapOne(own.value as Method) });
    }
  };
}

/** A wrapper that has neither the name nor the metadata of the method. */
export const Bare = decorateWith(wrap);

/** A wrapper that has the metadata, and a name of its own. */
export const Unnamed = decorateWith((method) => {
  const wrapper = wrap(method);
  for (const key of Reflect.getOwnMetadataKeys(method)) {
    Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, method), wrapper);
  }
  return wrapper;
});
