export type { EmittedFile } from './emitted-file.js';
export { bucketName, countName, labelName, seriesName, sumName } from './series.js';
