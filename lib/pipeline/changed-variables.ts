/**
 * Runs the constructor of somebody else's class with other environment variables, which are as before when it returns;
 * undefined stands for one that is not set.
 */
export function withVariables<T>(changes: Readonly<Record<string, string | undefined>>, make: () => T): T {
  const before = Object.keys(changes).map((name) => [name, process.env[name]] as const);
  for (const [name, value] of Object.entries(changes)) setVariable(name, value);
  try {
    return make();
  } finally {
    for (const [name, value] of before) setVariable(name, value);
  }
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
