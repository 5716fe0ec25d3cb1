export class TileSheet {
  constructor(private readonly tiles: number) {}

  draw(tile: number): number {
    return checkedTile(tile, this.tiles);
  }
}

function checkedTile(tile: number, tiles: number): number {
  if (tile >= tiles) throw new RangeError(`tile ${tile} out of range`);
  return tile;
}
