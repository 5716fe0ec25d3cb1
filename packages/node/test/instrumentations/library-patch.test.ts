import { redirectReports } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FoundModule } from '../../src/instrumentations/application-modules.js';
import { type Exports, type LibraryPatch, patchLibrary } from '../../src/instrumentations/library-patch.js';

interface Definition {
  name: string;
  versions: readonly string[];
  patch: (exported: Exports) => Exports;
}

/** As much of @opentelemetry/instrumentation as is used: its constructor asks for the definitions. */
const base: FoundModule = {
  path: '/base.js',
  load: () => ({
    InstrumentationBase: class {
      readonly definition: Definition;
      constructor(readonly instrumentationName: string) {
        this.definition = (this as unknown as { init(): Definition }).init();
      }
    },
    InstrumentationNodeModuleDefinition: class {
      constructor(
        readonly name: string,
        readonly versions: readonly string[],
        readonly patch: Definition['patch'],
      ) {}
    },
  }),
};
const found: FoundModule = { path: '/x.js', load: () => ({}) };
const definitionOf = (replace: LibraryPatch['replace'], options = {}) => {
  const patched = patchLibrary({ library: 'x', versions: ['>=1'], replace }, base, found, options) as unknown as {
    definition: Definition;
  };
  return patched.definition;
};

describe('a patch of a library', () => {
  let lines: string[];
  let restore: () => void;
  beforeEach(() => {
    lines = [];
    restore = redirectReports((line) => lines.push(line));
  });
  afterEach(() => restore());

  it('replaces exports in place where that can be done', () => {
    const exported: Exports = { a: 1, b: 2 };
    expect(definitionOf(() => ({ a: 3 })).patch(exported)).toBe(exported);
    expect(exported).toEqual({ a: 3, b: 2 });
  });

  it('gives a copy where exports are getters: of all that was exported, hidden marks included', () => {
    const exported = Object.defineProperties(
      {},
      {
        __esModule: { value: true },
        a: { get: () => 1, enumerable: true },
        b: { get: () => 2, enumerable: true },
      },
    ) as Exports;
    const copy = definitionOf(() => ({ a: 3 })).patch(exported);
    expect([exported.a, copy.a, copy.b, copy.__esModule, Object.keys(copy)]).toEqual([1, 3, 2, true, ['a', 'b']]);
  });

  it('is given the settings, the package, and what the library exports', () => {
    const given: unknown[] = [];
    const options = { requireParentSpan: true };
    const exported = { a: 1 };
    definitionOf((...all) => {
      given.push(...all);
      return {};
    }, options).patch(exported);
    expect(given).toEqual([exported, found, options]);
  });

  it('that throws leaves the library as it is, with one line', () => {
    const exported = { a: 1 };
    const definition = definitionOf(() => {
      throw new Error('not this version');
    });
    expect(definition.patch(exported)).toBe(exported);
    expect(lines).toEqual(['otel-monitor: x could not be patched: Error: not this version\n']);
  });
});
