import { expect } from 'chai';

import { readContent } from '#lib/genai/providers/openai-parts.js';

describe('content in the shape of OpenAI', () => {
  it('is a text', () => {
    expect(readContent('hi')).deep.equal([{ type: 'text', content: 'hi' }]);
    expect(readContent('')).deep.equal([]);
    expect(readContent(null)).deep.equal([]);
  });

  it('is a list of texts and refusals', () => {
    const content = [
      { type: 'text', text: 'one' },
      'two',
      { type: 'refusal', refusal: 'no' },
      3,
      null,
      { text: 'untyped' },
    ];
    expect(readContent(content)).deep.equal([
      { type: 'text', content: 'one' },
      { type: 'text', content: 'two' },
      { type: 'refusal', content: 'no' },
    ]);
  });

  it('has images by URL or in the URL', () => {
    const content = [
      { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
      { type: 'image_url', imageUrl: 'https://example.com/b.png' },
      { type: 'image_url', image_url: {} },
    ];
    expect(readContent(content)).deep.equal([
      { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
      { type: 'blob', modality: 'image', content: 'iVBORw0KGgo=', mime_type: 'image/png' },
      { type: 'uri', modality: 'image', uri: 'https://example.com/b.png' },
    ]);
  });

  it('leaves a data URL whole that is not base64', () => {
    const url = 'data:image/svg+xml,%3Csvg%3E';
    expect(readContent([{ type: 'image_url', image_url: { url } }])).deep.equal([
      { type: 'uri', modality: 'image', uri: url },
    ]);
    const cut = 'data:image/png;base64;';
    expect(readContent([{ type: 'image_url', image_url: { url: cut } }])).deep.equal([
      { type: 'uri', modality: 'image', uri: cut },
    ]);
  });

  it('has a type of bytes only where the data URL says one', () => {
    const urls = ['data:;base64,AA==', 'data:audio/wav;rate=8000;base64,AA=='];
    expect(urls.flatMap((url) => readContent([{ type: 'image_url', image_url: { url } }]))).deep.equal([
      { type: 'blob', modality: 'image', content: 'AA==' },
      { type: 'blob', modality: 'image', content: 'AA==', mime_type: 'audio/wav' },
    ]);
  });

  it('has audio with its format', () => {
    const content = [
      { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } },
      { type: 'input_audio', input_audio: { data: 'AA==', format: 'mp3' } },
      { type: 'input_audio', input_audio: { data: 'AA==' } },
    ];
    expect(readContent(content)).deep.equal([
      { type: 'blob', modality: 'audio', content: 'AA==', mime_type: 'audio/wav' },
      { type: 'blob', modality: 'audio', content: 'AA==', mime_type: 'audio/mpeg' },
      { type: 'blob', modality: 'audio', content: 'AA==' },
    ]);
  });

  it('has files by id and in place', () => {
    const content = [
      { type: 'file', file: { file_id: 'file-1' } },
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
      { type: 'file', file: { file_data: 'JVBERi0=' } },
      { type: 'file', file: {} },
    ];
    expect(readContent(content)).deep.equal([
      { type: 'file', modality: 'document', file_id: 'file-1' },
      { type: 'blob', modality: 'document', content: 'JVBERi0=', mime_type: 'application/pdf' },
      { type: 'blob', modality: 'document', content: 'JVBERi0=' },
    ]);
  });

  it("has Mistral's thoughts, documents, files and audio", () => {
    const content = [
      {
        type: 'thinking',
        thinking: [
          { type: 'text', text: 'First, ' },
          { type: 'text', text: 'second.' },
        ],
      },
      { type: 'document_url', documentUrl: 'https://example.com/a.pdf', documentName: 'a' },
      { type: 'file', fileId: 'file-1' },
      { type: 'input_audio', inputAudio: 'https://example.com/a.mp3' },
      { type: 'input_audio', inputAudio: 'AA==' },
      { type: 'video_url', video_url: { url: 'https://example.com/a.mp4' } },
    ];
    expect(readContent(content)).deep.equal([
      { type: 'reasoning', content: 'First, second.' },
      { type: 'uri', modality: 'document', uri: 'https://example.com/a.pdf' },
      { type: 'file', modality: 'document', file_id: 'file-1' },
      { type: 'uri', modality: 'audio', uri: 'https://example.com/a.mp3' },
      { type: 'blob', modality: 'audio', content: 'AA==' },
      { type: 'uri', modality: 'video', uri: 'https://example.com/a.mp4' },
    ]);
  });

  it('keeps a part that it does not know', () => {
    expect(readContent([{ type: 'reference', referenceIds: [1] }])).deep.equal([
      { type: 'vendor', vendor_type: 'reference', referenceIds: [1] },
    ]);
  });
});
