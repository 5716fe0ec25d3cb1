/** The last result of each project, of so many projects: the one that was calculated longest ago makes room. */
export class RecentProjects {
  readonly #results = new Map<string, unknown>();

  constructor(private readonly capacity: number) {}

  keep(projectId: string, result: unknown): void {
    this.#results.delete(projectId);
    if (this.#results.size >= this.capacity) this.#results.delete(this.#results.keys().next().value as string);
    this.#results.set(projectId, result);
  }

  find(projectId: string): unknown {
    return this.#results.get(projectId);
  }
}
