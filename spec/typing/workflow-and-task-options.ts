// Options of Task and Workflow, and what they are held against.
import { Task, Workflow } from 'spanwright';

interface File {
  path: string;
}
interface Review {
  score: number | undefined;
  verdict: 'good' | 'bad';
}

export class Fitting {
  @Task({
    id: (file: File) => file.path,
    type: () => 'review',
    description: (file: File, why?: string) => `${file.path} ${why}`,
    status: (review: Review) => review.verdict,
    score: (review: Review) => review.score,
    attributes: (file: File) => ({ path: file.path }),
    onResult: (review: Review) => ({ verdict: review.verdict }),
    granularity: 'lifecycle',
  })
  async review(_file: File, _why?: string): Promise<Review> {
    await Promise.resolve();
    return { score: 1, verdict: 'good' };
  }

  @Task({ id: 'one', type: 'fixed', description: 'text', spanName: 'mine', kind: 'consumer' })
  fixed(): void {}

  @Task({ score: () => undefined, status: () => undefined })
  nothing(): void {}

  @Task({ score: (size: number) => size })
  get size(): number {
    return 1;
  }

  @Workflow({
    name: 'nightly',
    description: (files: File[]) => `${files.length} files`,
    runId: (_files: File[], id: string) => id,
    onResult: (count: number) => ({ count }),
  })
  nightly(files: File[], _id: string): number {
    return files.length;
  }

  @Workflow({ name: 'weekly', description: 'text', runId: 'run', root: true })
  static weekly(): void {}
}

export class Unfitting {
  // @ts-expect-error the method takes a file
  @Task({ id: (path: string) => path })
  id(file: File): File {
    return file;
  }

  // @ts-expect-error the result is a review
  @Task({ score: (score: number) => score })
  score(): Review {
    return { score: 1, verdict: 'good' };
  }

  // @ts-expect-error a score is a number
  @Task({ score: () => 'high' })
  scoreText(): void {}

  // @ts-expect-error a status is known from the result alone
  @Task({ status: 'done' })
  status(): void {}

  // @ts-expect-error an id is a string
  @Task({ id: 5 })
  idNumber(): void {}

  // @ts-expect-error an id is a string
  @Task({ id: () => 5 })
  idFunction(): void {}

  // @ts-expect-error the method takes a file
  @Workflow({ description: (path: string) => path })
  description(file: File): File {
    return file;
  }

  // @ts-expect-error the method takes nothing
  @Workflow({ runId: (id: string) => id })
  runId(): void {}
}
