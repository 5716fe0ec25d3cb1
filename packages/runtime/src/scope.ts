/** An instrumentation scope: the name and version a monitor was created with (specification, Instrumentation Scope). */
export interface Scope {
  readonly name: string;
  readonly version?: string;
}
