import { readdirSync, readFileSync } from 'node:fs';

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  /** Line of the page on which its text starts, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

const FENCE = /^```(\w*).*\n((?:(?!```).*\n)*)```$/gm;

/** The hand-written pages: README and guide. */
export function findPages(): string[] {
  const guide = readdirSync('docs/guide').filter((name) => name.endsWith('.md'));
  return ['README.md', ...guide.map((name) => `docs/guide/${name}`)];
}

/** The fenced blocks of a page, in order. */
export function readBlocks(page: string): Block[] {
  const markdown = readFileSync(page, 'utf8');
  return [...markdown.matchAll(FENCE)].map(({ 1: language = '', 2: text = '', index }) => ({
    page,
    line: markdown.slice(0, index).split('\n').length + 1,
    language,
    text,
  }));
}

/** Tells a program from other blocks. */
export function isProgram({ language }: Block): boolean {
  return language === 'ts' || language === 'js';
}

/** What the page says that a program prints: the `text` block that follows it before the next program. */
export function shownOutputOf(program: Block): string | undefined {
  const below = readBlocks(program.page).filter(({ line }) => line > program.line);
  const next = below.find((block) => isProgram(block) || block.language === 'text');
  return next?.language === 'text' ? next.text : undefined;
}
