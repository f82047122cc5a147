import { expect } from 'chai';

import { toMessages, toParts } from '#lib/genai/providers/bedrock-content.js';

function typeOf(kind: string, format: string): unknown {
  const [part] = toParts([{ [kind]: { format, source: { bytes: 'AA==' } } }]);
  return part?.['mime_type' as keyof typeof part];
}

describe('content blocks of Converse', () => {
  it('have the MIME type of their format, documents only where it is known', () => {
    const known = {
      'image gif': 'image/gif',
      'audio mp3': 'audio/mpeg',
      'audio wav': 'audio/wav',
      'video mpg': 'video/mpeg',
      'video mov': 'video/quicktime',
      'video mkv': 'video/x-matroska',
      'document csv': 'text/csv',
      'document html': 'text/html',
      'document txt': 'text/plain',
      'document md': 'text/markdown',
      'document xlsx': undefined,
    };
    for (const [name, mimeType] of Object.entries(known)) {
      const [kind = '', format = ''] = name.split(' ');
      expect(typeOf(kind, format), name).equal(mimeType);
    }
  });

  it('are the texts of a document made of them, and whole where there is nothing to take', () => {
    const document = { name: 'a', source: { content: [{ text: 'one' }, { text: 'two' }] } };
    const empty = { name: 'b', source: {} };
    expect(toParts([{ document }, { document: empty }])).deep.equal([
      { type: 'text', content: 'one' },
      { type: 'text', content: 'two' },
      { type: 'vendor', vendor_type: 'document', document: empty },
    ]);
  });

  it('are guarded texts, and guarded images under their own name', () => {
    const image = { format: 'png' };
    expect(toParts([{ guardContent: { text: { text: 'Hi' } } }, { guardContent: { image } }])).deep.equal([
      { type: 'text', content: 'Hi' },
      { type: 'vendor', vendor_type: 'guardContent', guardContent: { image } },
    ]);
    expect(toParts([{ searchResult: { text: { text: 'no guard' } } }])[0]?.type).equal('vendor');
  });

  it('are calls with and without arguments', () => {
    const blocks = [{ toolUse: { toolUseId: 't1', name: 'f', input: { a: 1 } } }, { toolUse: { name: 'g' } }];
    expect(toParts(blocks)).deep.equal([
      { type: 'tool_call', id: 't1', name: 'f', arguments: { a: 1 } },
      { type: 'tool_call', name: 'g' },
    ]);
  });

  it('do not follow results of tools that are nested in one another', () => {
    const inner = { toolResult: { toolUseId: 't2', content: [{ text: 'deep' }] } };
    expect(toParts([{ toolResult: { toolUseId: 't1', content: [inner] } }])).deep.equal([
      { type: 'tool_call_response', id: 't1', response: [{ ...inner, type: 'vendor', vendor_type: 'toolResult' }] },
    ]);
  });

  it('are of the user where a message does not say whose they are', () => {
    expect(toMessages([{ content: [{ text: 'Hi' }] }, { role: 'assistant', content: [] }])).deep.equal([
      { role: 'user', parts: [{ type: 'text', content: 'Hi' }] },
      { role: 'assistant', parts: [] },
    ]);
  });
});
