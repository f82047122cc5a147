// A method whose arguments or result are type parameters takes functions in its options as any other does.
import { Task, Traced, Workflow } from 'spanwright';

export class Repository<Row> {
  readonly #rows: Row[] = [];

  @Traced({ attributes: (id: string) => ({ id }) })
  load<T>(id: string, fallback: T): T {
    return id === '' ? fallback : (JSON.parse(id) as T);
  }

  @Traced({
    attributes: (id: string) => ({ id }),
    onResult: (found: unknown) => ({ type: typeof found }),
    result: true,
  })
  async find<T>(id: string, known: readonly T[]): Promise<T | undefined> {
    return await Promise.resolve(known[Number(id)]);
  }

  @Traced({ attributes: (value: unknown) => ({ type: typeof value }) })
  keep<T>(value: T): T {
    return value;
  }

  @Traced({ attributes: (row: Row) => ({ type: typeof row }) })
  add(row: Row): void {
    this.#rows.push(row);
  }

  @Workflow({ name: 'rows', args: true })
  @Task({ type: 'row', id: () => 'first' })
  first(): Row | undefined {
    return this.#rows[0];
  }

  // @ts-expect-error -- the id is a string
  @Traced({ attributes: (id: number) => ({ id }) })
  remove<T>(id: string, fallback: T): T {
    return id === '' ? fallback : (JSON.parse(id) as T);
  }

  // @ts-expect-error -- a row is not known to be a string
  @Traced({ onResult: (row: string) => ({ row }) })
  last(): Row {
    return this.#rows.at(-1) as Row;
  }
}
