exports.Sprite = class Sprite {
  constructor(source) {
    this.width = source.width;
  }
};

exports.tileOf = function tileOf(index) {
  return checked(index);
};

function checked(index) {
  if (index >= 0) throw new RangeError(`tile ${index} out of range`);
  return index;
}
