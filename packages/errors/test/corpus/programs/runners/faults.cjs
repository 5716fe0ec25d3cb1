exports.openSheet = function openSheet(sheet) {
  if (typeof sheet !== 'string') throw new TypeError(`sheet ${Math.floor(Math.random() * 1000)} has no name`);
};
