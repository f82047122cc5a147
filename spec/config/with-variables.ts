/** Variables of the environment by name. */
export type Variables = Readonly<Record<string, string>>;

/** Sets variables for some work and puts back what was there. */
export async function withVariables<R>(variables: Variables, work: () => R): Promise<Awaited<R>> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
