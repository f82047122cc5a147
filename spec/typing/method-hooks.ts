// Functions in options are held against the method they stand on.
import { Traced } from 'spanwright';

interface Ticket {
  id: number;
  text: string;
}

export class Fitting {
  readonly region = 'eu';

  @Traced({
    name: (ticket: Ticket) => `load ${ticket.id}`,
    spanName: () => 'load',
    attributes: (ticket: Ticket, deep?: boolean) => ({ id: ticket.id, deep }),
    args: (_ticket: Ticket, deep?: boolean) => deep,
    links: () => [],
    onResult: (text: string) => ({ text }),
    result: (text: string | number) => text,
  })
  async everything(ticket: Ticket, deep?: boolean): Promise<string> {
    await Promise.resolve();
    return `${ticket.text} ${deep}`;
  }

  @Traced({ attributes: () => ({ fixed: true }) })
  fewer(ticket: Ticket): Ticket {
    return ticket;
  }

  @Traced({ attributes: (value: string | number, ...rest: unknown[]) => ({ value, rest: rest.length }) })
  wider(value: string, more: boolean): string {
    return value + String(more);
  }

  @Traced({
    attributes(this: Fitting, ticket: Ticket) {
      return { region: this.region, id: ticket.id };
    },
    onResult(this: Fitting, result: { id: number }) {
      return { region: this.region, id: result.id };
    },
  })
  withThis(ticket: Ticket): Ticket {
    return ticket;
  }

  @Traced({ onResult: (value: unknown) => ({ type: typeof value }) })
  generic<T>(value: T): T {
    return value;
  }

  @Traced({ onResult: () => {} })
  nothing(): void {}

  @Traced({ attributes: (...values: number[]) => ({ values }) })
  variadic(...values: number[]): number {
    return values.length;
  }

  @Traced({ onResult: (size: number) => ({ size }) })
  get size(): number {
    return 1;
  }

  @Traced({ name: () => 'level', result: (level: 'low' | 'high') => level })
  accessor level: 'low' | 'high' = 'low';

  @Traced({ tracing: (self: Fitting) => (self.region === 'eu' ? undefined : undefined) })
  scoped(): void {}

  @Traced({ expectedErrors: [TypeError, RangeError], root: true, granularity: 'rows', attributes: { list: ['a'] } })
  fixed(): void {}

  @Traced({ expectedErrors: (error) => error instanceof TypeError })
  predicate(): void {}
}

export class Unfitting {
  // @ts-expect-error takes a number, the method a string
  @Traced({ attributes: (id: number) => ({ id }) })
  otherArgument(id: string): string {
    return id;
  }

  // @ts-expect-error takes two, the method one
  @Traced({ args: (id: string, more: number) => [id, more] })
  tooMany(id: string): string {
    return id;
  }

  // @ts-expect-error needs what the method may leave out
  @Traced({ attributes: (id: string) => ({ id }) })
  optional(id?: string): string {
    return id ?? '';
  }

  // @ts-expect-error one of two does not fit
  @Traced({ name: (id: string) => id, attributes: (id: number) => ({ id }) })
  oneOfTwo(id: string): string {
    return id;
  }

  // @ts-expect-error takes a number, the method resolves to a string
  @Traced({ onResult: (result: number) => ({ result }) })
  async otherResult(id: string): Promise<string> {
    await Promise.resolve();
    return id;
  }

  // @ts-expect-error takes a string, the method may give undefined
  @Traced({ result: (result: string) => result })
  maybe(): string | undefined {
    return undefined;
  }

  // @ts-expect-error a getter has no arguments
  @Traced({ attributes: (id: string) => ({ id }) })
  get getter(): string {
    return '';
  }

  // @ts-expect-error the getter gives a string
  @Traced({ onResult: (size: number) => ({ size }) })
  get otherGetter(): string {
    return '';
  }

  // @ts-expect-error the accessor gives a string
  @Traced({ onResult: (size: number) => ({ size }) })
  accessor otherAccessor = '';

  // @ts-expect-error what is not annotated is unknown, and unknown is no attribute
  @Traced({ attributes: (id) => ({ id }) })
  unannotated(id: string): string {
    return id;
  }
}
