/** Sixteen colours as 0xRRGGBB; the first is the transparent one. */
export type Palette = readonly number[];

/**
 * Creatures: transparent, outline, then three ramps of four shades from dark to light, white and an accent.
 * Shadows lean to blue and lights to yellow, as painters do it.
 */
const creatures: Palette[] = [
  'ff00ff 1a1026 1f4d3a 2f8a4c 63c74d b8f06a 6b2d3c a8433f e0734a f7b267 2a3a6e 3f6bb0 5fb0e0 b5ecf5 fdfbf0 ffd23f',
  'ff00ff 1b1224 5a1f4a 9b2f6a d9527f f79aa4 24406a 3a74a8 5cb8d6 b2f0e6 6a4a1f b07f2f e6bd4a fbec9a fffaf2 7df0b0',
  'ff00ff 141425 2b2f6b 3f55b5 5b8df0 9fd0ff 6a2a1f b04a2a ee8440 ffc276 1f5a4a 2f957a 58d3a0 b8f5cc fcfcff ffe14d',
  'ff00ff 20130f 6a3a1a a8662a e09b45 f7d58a 3a2a5a 6446a0 9a72dd d2b4fb 1a5230 348a3c 74c84a c6ee7c fff9ea ff5d5d',
  'ff00ff 101a22 14565e 1f9088 46cfae a8f5cf 6b1f3a b02f4a ee5a5f ffa294 4a4560 7a7898 b0b2cc e4e8f4 ffffff ffcf40',
  'ff00ff 1e1020 4a1f6b 7a33a8 b05ae0 e0a0fa 6b5a14 ad9420 e8cf3a fbf3a0 1d4a6b 2b7fae 4fbde6 b0ecfa fffcff 5df0a0',
  'ff00ff 17130f 4a4338 7d7360 b5a98c e8dfc0 6b1a1a ac2a28 e84c3c ff9a70 1d3f5c 2c6f90 54a9bd a9e0da fdfaf0 f4c430',
  'ff00ff 15162a 7a1f3f c23058 f55f7a ffacae 1f3f7a 2d6cc0 4fa5f2 a5dcff 1f6a3f 2fa555 6ede70 caf7a5 ffffff ffe066',
].map(read);

/** Landscapes: five of sky from the top, sun, snow, far and near mountain (lit, dark), hill (lit, dark), tree, ground. */
const landscapes: Palette[] = [
  'ff00ff 2a3f8f 4a6fc4 7aa6e0 b3d3ef f6e7c8 fff4c2 fdfdf5 8c9cc8 6d7bb0 5f7a8c 465a72 6fa052 4a7d48 28543f 18352f',
  'ff00ff 2b1b4f 5b2a6b a03f6f e0705f f9b262 fff0b0 ffe0c0 8a4a78 6a3868 5a2d5c 42214c 4a2a4a 38203f 241634 160e26',
  'ff00ff 0b1030 131b45 1f2b60 2f4178 45598f f4f2d0 b9c8ea 34466e 28365a 223052 1a2544 1c3a48 15293a 0e1c2c 080f1c',
  'ff00ff 3aa0c8 6cc0d4 a0dad8 d4ecd0 f8f2c4 ffffff fff6d8 d89a68 b8744e c07a44 965534 d8b060 b58a45 5f7a3a 7a4a2c',
  'ff00ff 4a7fb0 78a8cc a6cbe0 cfe3ee eef4f6 fffbe0 ffffff 9fc0d8 7fa2c2 7595b8 567499 dcebf3 a9c6da 3f6a74 2a4a5c',
  'ff00ff 1c0d18 3d1220 70182a b02c2a ee6a2c ffd84a ffb04a 5a2430 3f1824 3a1c26 28121c 33202a 23151e 150c14 0c060c',
].map(read);

/** World maps: three of water, two of sand, three of meadow, tree (dark, light), trunk, rock (light, dark), snow, roof. */
const worlds: Palette[] = [
  'ff00ff 23408f 3566bd 63a4e0 f0dfa0 d5b873 a5d65a 7cbc48 5a9c40 245c3a 3d8a48 6b4426 b3a390 74685f fbfbf5 d3503c',
  'ff00ff 2a3a70 3d5f9c 74a5c4 ead6ae c9a878 e0b84e cf963c b0742f 7a2f26 c4562c 4f3524 a99c9a 6a6070 f7f4f0 5a7fa8',
].map(read);

function read(colours: string): Palette {
  return colours.split(' ').map((colour) => Number.parseInt(colour, 16));
}

/** The palettes of the ROM, in the order in which it holds them. */
export const PALETTES: readonly Palette[] = [...creatures, ...landscapes, ...worlds];

/** Which palettes suit which kind of sheet: the first one's number, and how many follow. */
export const PALETTE_RANGES = {
  creatures: { first: 0, count: creatures.length },
  landscape: { first: creatures.length, count: landscapes.length },
  world: { first: creatures.length + landscapes.length, count: worlds.length },
} as const;

/** The palettes of landscapes whose sky is dark enough for stars: dusk, night and the fire mountain. */
export const DARK_SKIES: ReadonlySet<number> = new Set([1, 2, 5].map((mood) => PALETTE_RANGES.landscape.first + mood));

/** Sixteen greys from transparent black to white, for files that bring no palette. */
export const GREYS: Palette = Array.from({ length: 16 }, (_, shade) => shade * 0x111111);
