import type { RequestListener } from 'node:http';

import type { TicketComment, TicketRow } from '../ticket.js';
import { sendJson } from './loopback-server.js';

/** Serves `/tickets/:id` and `/tickets/:id/comments` for the rows that have a text. */
export function createTicketApi(rows: readonly TicketRow[]): RequestListener {
  const texts = new Map(rows.flatMap(({ ticketId, text }) => (text === undefined ? [] : [[ticketId, text]])));
  return (request, response) => {
    const [, id = '', comments] = /^\/tickets\/([^/?]+)(\/comments)?$/.exec(request.url ?? '') ?? [];
    const ticketId = decodeURIComponent(id);
    const text = texts.get(ticketId);
    if (text === undefined) sendJson(response, 404, { error: `no ticket ${ticketId}` });
    else if (comments !== undefined) sendJson(response, 200, { comments: commentsOn(ticketId, text) });
    else sendJson(response, 200, { ticket_id: ticketId, text });
  };
}

const CUSTOMER_ANSWERS = [
  'I ran diagnostics as you asked, all checks passed. The problem is still there.',
  'I have not run diagnostics yet, I will try it tonight.',
  'Where do I find that? It still happens, please help.',
];

/** Zero to three comments, the same ones each time for a ticket. */
function commentsOn(ticketId: string, text: string): TicketComment[] {
  const seed = sum(ticketId) + text.length;
  const thread: TicketComment[] = [
    { author: 'agent', text: 'Thank you for the report. Could you open Help > Diagnostics and send us what it says?' },
    { author: 'customer', text: CUSTOMER_ANSWERS[seed % CUSTOMER_ANSWERS.length] ?? '' },
    { author: 'agent', text: 'Thanks. We can reproduce it and will send an update within two working days.' },
  ];
  return thread.slice(0, Math.floor(seed / CUSTOMER_ANSWERS.length) % (thread.length + 1));
}

function sum(text: string): number {
  return Array.from(text, (char) => char.charCodeAt(0)).reduce((total, code) => total + code, 0);
}
