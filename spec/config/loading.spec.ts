import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

import { useContainer } from 'class-validator';
import { expect } from 'chai';

import { loadValidators } from '#lib/config/validators.js';
import { isSpanwrightError } from '#lib/core/errors.js';

import { resolve } from './resolving.js';

/** Runs a module in a process of its own and gives what it prints as JSON. */
function run(body: string): unknown {
  const program = `
    import { createRequire } from 'node:module';
    const isLoaded = () => Object.keys(createRequire('${process.cwd()}/x.js').cache).some((path) => path.includes('class-validator'));
    const { resolveConfig } = await import('#lib/config/resolve.js');
    const results = [isLoaded()];
    ${body}
    console.log(JSON.stringify(results));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as unknown;
}

function codeOf(error: unknown): unknown {
  return isSpanwrightError(error) ? error.code : undefined;
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('class-validator', () => {
  it('is loaded when options are checked and not before', () => {
    const steps = [
      'resolveConfig(undefined, {}, "/"); results.push(isLoaded());',
      'resolveConfig({}, { OTEL_SERVICE_NAME: "a" }, "/"); results.push(isLoaded());',
      'resolveConfig({ enabled: true }, {}, "/"); results.push(isLoaded());',
    ];
    expect(run(steps.join('\n'))).deep.equal([false, false, false, true]);
  });

  it('is not needed for reflect-metadata or class-transformer', () => {
    const step = `resolveConfig({ destinations: [{ provider: 'otlp' }] }, {}, "/");
      const paths = Object.keys(createRequire('${process.cwd()}/x.js').cache);
      results.push(paths.some((path) => /reflect-metadata|class-transformer/.test(path)), typeof Reflect.getMetadata);`;
    expect(run(step)).deep.equal([false, false, 'undefined']);
  });

  it('is loaded in the parts that are used, and as a whole where those are elsewhere', () => {
    const require = createRequire(import.meta.url);
    const asked: string[] = [];
    const load = (name: string): unknown => {
      asked.push(name);
      return require(name);
    };
    const parts = loadValidators(load);
    expect(asked).not.include('class-validator');
    const whole = loadValidators((name) => {
      if (name !== 'class-validator') throw new Error('moved');
      return require(name);
    });
    for (const [name, part] of Object.entries(parts)) expect(whole[name as keyof typeof whole], name).equal(part);
  });

  it('that is missing is said with the install command', () => {
    const require = createRequire(import.meta.url);
    const missing = (name: string): unknown => {
      try {
        return require(`${name}-that-is-not-there`);
      } catch (error) {
        (error as Error).message = (error as Error).message.replace('-that-is-not-there', '');
        throw error;
      }
    };
    const error = thrownBy(() => loadValidators(missing));
    expect(codeOf(error)).equal('CONFIG_INVALID');
    expect(error).include({ hint: 'npm install class-validator' });
    expect((error as Error).message).include('got no class-validator');
    expect((error as Error).cause).include({ code: 'MODULE_NOT_FOUND' });
  });

  it('that does not load is told from one that is missing', () => {
    const error = thrownBy(() =>
      loadValidators(() => {
        throw new SyntaxError('damaged');
      }),
    );
    expect(codeOf(error)).equal('CONFIG_INVALID');
    expect((error as Error).message).include('does not load');
  });

  describe('in a container of the application', () => {
    afterEach(() => {
      useContainer(undefined as never);
    });

    it('that does not fall back ends in CONFIG_INVALID with the way out', () => {
      const container = {
        get: (): never => {
          throw new Error('no provider');
        },
      };
      useContainer(container);
      const error = thrownBy(() =>
        resolve({ enabled: true, serviceName: 'a', destinations: [{ provider: 'otlp', name: 'x' }] }),
      );
      expect(codeOf(error)).equal('CONFIG_INVALID');
      expect((error as { hint?: string }).hint).include('fallbackOnErrors');
      useContainer(container, { fallback: true, fallbackOnErrors: true });
      expect(resolve({ enabled: true }).enabled).equal(true);
    });
  });
});
