/** A picture of palette indexes: one byte a pixel, 0 to 15, row after row. Index 0 is transparent, as on the console. */
export interface IndexedImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A transparent picture of the given size in pixels. */
export function blankImage(width: number, height: number): IndexedImage {
  return { width, height, pixels: new Uint8Array(width * height) };
}

/** Sets one pixel; what lies outside the picture is left out, so that drawings may hang over an edge. */
export function plot(image: IndexedImage, x: number, y: number, colour: number): void {
  if (x >= 0 && y >= 0 && x < image.width && y < image.height) image.pixels[y * image.width + x] = colour;
}
