import type { CallMessages } from './record.js';

/**
 * The content of both sides of a call. A reranker answers with the places and scores of the documents that it was given,
 * so that their texts are taken from the request.
 */
export function joinMessages(asked: CallMessages, answered: CallMessages): CallMessages {
  const given = asked.documents;
  if (given === undefined || answered.documents === undefined) return { ...asked, ...answered };
  const byId = new Map(given.map((document) => [document.id, document]));
  const documents = answered.documents.map((document) => Object.assign({}, byId.get(document.id), document));
  return { ...asked, ...answered, documents };
}
