import { BACKDROP, THUMBNAIL_PIXELS, type Thumbnail } from './thumbnail.js';

/** Thumbnails in a gallery: six across, four down. */
export const GALLERY_SIZE = 24;

const ACROSS = 6;
const GAP = 4;
const CELL = THUMBNAIL_PIXELS + GAP;

/** Puts up to 24 thumbnails side by side; places without one stay empty. */
export function makeGallery(thumbnails: readonly Thumbnail[]): Thumbnail {
  const width = ACROSS * CELL + GAP;
  const height = (GALLERY_SIZE / ACROSS) * CELL + GAP;
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < rgb.length; at += 3) {
    rgb[at] = BACKDROP >> 17;
    rgb[at + 1] = (BACKDROP >> 9) & 127;
    rgb[at + 2] = (BACKDROP >> 1) & 127;
  }
  for (const [place, thumbnail] of thumbnails.slice(0, GALLERY_SIZE).entries()) {
    const left = GAP + (place % ACROSS) * CELL;
    const top = GAP + Math.floor(place / ACROSS) * CELL;
    for (let y = 0; y < thumbnail.height; y++) {
      const row = thumbnail.rgb.subarray(y * thumbnail.width * 3, (y + 1) * thumbnail.width * 3);
      rgb.set(row, ((top + y) * width + left) * 3);
    }
  }
  return { width, height, rgb };
}
