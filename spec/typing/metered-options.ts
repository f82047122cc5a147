// Options of Metered, and what they are held against.
import { Metered } from 'spanwright';
import type { Holds, Same } from './same.js';

interface Ticket {
  id: number;
  text: string;
}

export class Fitting {
  readonly region = 'eu';

  @Metered
  bare(): void {}

  @Metered()
  called(): void {}

  @Metered('named')
  static named(): void {}

  @Metered({
    counter: 'tickets.loaded',
    histogram: 'ticket.size',
    unit: 'By',
    description: 'Size of tickets.',
    value: (text: string) => text.length,
    attributes: (ticket: Ticket, deep?: boolean) => ({ deep, isLong: ticket.text.length > 5, kind: 'mail', count: 1 }),
    onResult: (text: string | number) => ({ text }),
    name: (ticket: Ticket) => `load ${ticket.id}`,
  })
  async everything(ticket: Ticket, deep?: boolean): Promise<string> {
    await Promise.resolve();
    return `${ticket.text} ${deep}`;
  }

  @Metered({ attributes: { region: 'eu', port: 1, on: true, none: undefined } })
  fixed(): void {}

  @Metered({
    attributes(this: Fitting, _ticket: Ticket) {
      return { region: this.region };
    },
    value: () => undefined,
  })
  withThis(ticket: Ticket): Ticket {
    return ticket;
  }

  @Metered({ histogram: 'size', value: (size: number) => size })
  get size(): number {
    return 1;
  }

  @Metered({ histogram: 'level', value: (level: number) => level })
  accessor level = 1;
}

export class Unfitting {
  // @ts-expect-error the method takes a ticket
  @Metered({ counter: 'a', attributes: (id: string) => ({ id }) })
  attributes(ticket: Ticket): Ticket {
    return ticket;
  }

  // @ts-expect-error the result is a ticket
  @Metered({ histogram: 'a', value: (size: number) => size })
  value(ticket: Ticket): Ticket {
    return ticket;
  }

  // @ts-expect-error a value is a number
  @Metered({ histogram: 'a', value: () => 'high' })
  text(): void {}

  // @ts-expect-error a list is no attribute of a metric
  @Metered({ counter: 'a', attributes: { list: ['a'] } })
  list(): void {}

  // @ts-expect-error nor is one that a function makes
  @Metered({ counter: 'a', attributes: () => ({ list: ['a'] }) })
  madeList(): void {}

  // @ts-expect-error a counter has a fixed name
  @Metered({ counter: () => 'a' })
  counter(): void {}

  // @ts-expect-error an unknown option
  @Metered({ gauge: 'a' })
  gauge(): void {}
}

// @ts-expect-error it goes on members
@Metered({ counter: 'a' })
export class OnClass {}

function load(id: number): string {
  return String(id);
}

const bare = Metered.wrap(load);
const full = Metered.wrap(
  { counter: 'a', value: (text) => text.length, attributes: (id) => ({ isFirst: id.toFixed() === '1' }) },
  load,
);
const run = Metered.run({ histogram: 'a', value: (n) => Number(n.toFixed()) }, () => 1);

export type Kept = [
  Holds<Same<typeof bare, typeof load>>,
  Holds<Same<typeof full, typeof load>>,
  Holds<Same<typeof run, number>>,
];

// @ts-expect-error the function takes a number
Metered.wrap({ counter: 'a', attributes: (id: string) => ({ id }) }, load);
// @ts-expect-error the function gives a string
Metered.wrap({ counter: 'a', value: (result: number) => result }, load);
