import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

import type { Started } from './application.js';
import { startApplication } from './application.js';
import { exerciseHttp } from './http-exercise.js';
import { Announced } from './jobs.js';
import { ledger } from './ledger.js';
import { exerciseTcp } from './tcp-exercise.js';

/** Methods that a clock runs: how often is chance. */
const BY_THE_CLOCK = ['Jobs.eachSecond', 'Jobs.often', 'Jobs.once'];

function findAnnounced({ app }: Started): string[] {
  const discovery = app.get(DiscoveryService);
  const scanner = app.get(MetadataScanner);
  return discovery.getProviders().flatMap((provider) => {
    const instance = provider.instance as object | undefined;
    if (instance === undefined || instance === null || provider.metatype === null) return [];
    return scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((method) => {
      const text = discovery.getMetadataByDecorator(Announced, provider, method);
      return text === undefined ? [] : [`${provider.name}.${method}: ${text}`];
    });
  });
}

function readSchedule({ app }: Started): Record<string, unknown> {
  const registry = app.get(SchedulerRegistry);
  return {
    crons: [...registry.getCronJobs()].map(([name, job]) => `${name}: ${String(job.cronTime.source)}`),
    intervals: registry.getIntervals(),
    timeouts: registry.getTimeouts(),
  };
}

// A job whose decorator found no method is not there, and would never be seen.
async function awaitJobs(schedule: Record<string, unknown>): Promise<string[]> {
  const jobs = { crons: 'Jobs.eachSecond', intervals: 'Jobs.often', timeouts: 'Jobs.once' };
  const expected = Object.entries(jobs).filter(([kind]) => (schedule[kind] as unknown[]).length > 0);
  return await Promise.all(expected.map(([, name]) => ledger.seen(name).then(() => name)));
}

/** Starts the application, does with it what its users do, and stops it. */
export async function observe(): Promise<Record<string, unknown>> {
  const started = await startApplication();
  try {
    const schedule = readSchedule(started);
    const document = SwaggerModule.createDocument(started.app, new DocumentBuilder().setTitle('tickets').build());
    return {
      schedule,
      document,
      announced: findAnnounced(started),
      http: await exerciseHttp(started.httpPort),
      tcp: await exerciseTcp(started.tcpPort),
      jobs: await awaitJobs(schedule),
    };
  } finally {
    await started.app.close();
  }
}

/** What ran in an observation. How often the clock ran something is told apart. */
export function takeCounts(): {
  counts: Record<string, number>;
  byTheClock: Record<string, number>;
  strays: string[];
} {
  const { counts, strays } = ledger.take();
  const all = Object.entries(counts);
  return {
    counts: Object.fromEntries(all.filter(([name]) => !BY_THE_CLOCK.includes(name))),
    byTheClock: Object.fromEntries(all.filter(([name]) => BY_THE_CLOCK.includes(name))),
    strays,
  };
}
