/** A file that is written: its path from the folder that it is written to, with `/`, and its whole text. */
export interface EmittedFile {
  readonly path: string;
  readonly text: string;
}
