import type { Modality, Part } from '../messages.js';

const DATA = 'data:';
// Longer ones are no media types; a data URI without a comma must not be searched to its end.
const MAX_HEADER = 200;

interface Media {
  readonly modality?: Modality;
  readonly mimeType?: string;
}

function modalityOf(mimeType: string | undefined, otherwise: Modality): Modality {
  const family = mimeType?.slice(0, mimeType.indexOf('/'));
  return family === 'image' || family === 'video' || family === 'audio' ? family : otherwise;
}

/** A part that holds bytes as Base64. */
export function blobPart(content: string, { modality, mimeType }: Media): Part {
  const kind = modality ?? modalityOf(mimeType, 'document');
  return { type: 'blob', modality: kind, content, ...(mimeType === undefined ? {} : { mime_type: mimeType }) };
}

/** A part for a data URI, an address, or Base64 alone. */
export function mediaPart(source: string, media: Media): Part {
  if (source.startsWith(DATA)) {
    const head = source.slice(0, MAX_HEADER);
    const comma = head.indexOf(',');
    if (comma > 0) {
      const mimeType = head.slice(DATA.length, comma).split(';')[0];
      return blobPart(
        source.slice(comma + 1),
        mimeType === undefined || mimeType === '' ? media : { ...media, mimeType },
      );
    }
  }
  if (source.slice(0, MAX_HEADER).includes('://')) {
    const modality = media.modality ?? modalityOf(media.mimeType, 'document');
    return {
      type: 'uri',
      modality,
      uri: source,
      ...(media.mimeType === undefined ? {} : { mime_type: media.mimeType }),
    };
  }
  return blobPart(source, media);
}
