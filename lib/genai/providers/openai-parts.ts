import type { Json } from '../endpoint.js';
import type { Modality, Part } from '../messages.js';
import { defined, fieldOf, isJson, objectOf, textOf } from '../untrusted.js';

const DATA_URL = 'data:';
const BASE64 = ';base64';

/** The parts of a message's `content`: a text, or a list of parts in OpenAI's or Mistral's shape. */
export function readContent(content: unknown): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  if (!Array.isArray(content)) return [];
  return content.flatMap((item: unknown) => {
    if (typeof item === 'string') return readContent(item);
    return isJson(item) ? readItem(item) : [];
  });
}

function readItem(item: Json): Part[] {
  const type = textOf(item, 'type');
  switch (type) {
    case 'text':
      return readContent(item['text']);
    case 'refusal':
      return readText('refusal', item['refusal']);
    case 'thinking':
      return readText('reasoning', joinTexts(item['thinking']));
    case 'image_url':
      return readLink(fieldOf(item, 'image_url', 'imageUrl'), 'image');
    case 'video_url':
      return readLink(fieldOf(item, 'video_url', 'videoUrl'), 'video');
    case 'document_url':
      return readLink(fieldOf(item, 'document_url', 'documentUrl'), 'document');
    case 'input_audio':
      return readAudio(fieldOf(item, 'input_audio', 'inputAudio'));
    case 'file':
      return readFile(item);
    case undefined:
      return [];
    default:
      return [{ ...item, type: 'vendor', vendor_type: type }];
  }
}

/** A part that is one text; none where there is no text. */
export function readText(type: 'text' | 'reasoning' | 'refusal', content: unknown): Part[] {
  return typeof content === 'string' && content !== '' ? [{ type, content }] : [];
}

/** The texts of a list of parts as one; undefined where the value is something else. */
export function joinTexts(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.map((item: unknown) => (isJson(item) && item['type'] === 'text' ? item['text'] : item));
  return texts.every((text) => typeof text === 'string') ? texts.join('') : undefined;
}

function readLink(link: unknown, modality: Modality): Part[] {
  const url = isJson(link) ? link['url'] : link;
  return typeof url === 'string' && url !== '' ? [readUrl(url, modality)] : [];
}

/** A URL, or the bytes that stand in it. */
function readUrl(uri: string, modality: Modality): Part {
  const comma = uri.startsWith(DATA_URL) ? uri.indexOf(',') : -1;
  const head = uri.slice(DATA_URL.length, Math.max(comma, 0));
  if (!head.endsWith(BASE64)) return { type: 'uri', modality, uri };
  return { type: 'blob', modality, content: uri.slice(comma + 1), ...mimeType(head.slice(0, -BASE64.length)) };
}

function mimeType(head: string): { mime_type?: string } {
  const [type] = head.split(';', 1);
  return type === undefined || type === '' ? {} : { mime_type: type };
}

function readAudio(audio: unknown): Part[] {
  if (isJson(audio)) {
    const data = textOf(audio, 'data');
    const format = textOf(audio, 'format');
    if (data === undefined) return readLink(audio, 'audio');
    const type = format === 'mp3' ? 'audio/mpeg' : format && `audio/${format}`;
    return [{ type: 'blob', modality: 'audio', content: data, ...defined({ mime_type: type }) }];
  }
  // Mistral takes a URL or the bytes in the same place.
  if (typeof audio !== 'string' || audio === '') return [];
  const isUrl = audio.startsWith('http') || audio.startsWith(DATA_URL);
  return [isUrl ? readUrl(audio, 'audio') : { type: 'blob', modality: 'audio', content: audio }];
}

function readFile(item: Json): Part[] {
  const file = isJson(item['file']) ? objectOf(item, 'file') : item;
  const id = textOf(file, 'file_id', 'fileId');
  if (id !== undefined) return [{ type: 'file', modality: 'document', file_id: id }];
  const data = textOf(file, 'file_data', 'fileData');
  if (data === undefined) return [];
  const isUrl = data.startsWith(DATA_URL) || data.startsWith('http');
  return [isUrl ? readUrl(data, 'document') : { type: 'blob', modality: 'document', content: data }];
}
