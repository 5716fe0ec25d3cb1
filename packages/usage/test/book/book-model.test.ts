import { runtimeState, type StateEntry } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { dayText } from '../../src/book/utc-day.js';
import { type ClockedBook, clockedBook } from './book-clock.js';

afterEach(() => {
  runtimeState.userHashKey = undefined;
  runtimeState.release = undefined;
});

/** A use, as a list of all uses would have it. */
interface Use {
  readonly day: number;
  readonly release: string | undefined;
  readonly feature: string;
  readonly user: string | undefined;
  readonly isFailure: boolean;
}

type Step =
  | { readonly use: string; readonly user: number | undefined; readonly isFailure: boolean }
  | { readonly days: number }
  | { readonly release: string }
  | { readonly write: true }
  | { readonly restart: 'all was written' | 'what was written last is lost' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      use: fc.constantFrom('export', 'import', 'a|b'),
      user: fc.option(fc.nat(30), { nil: undefined }),
      isFailure: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ days: fc.constantFrom(1, 1, 2, 30, 70, 300, -1, -60) }) },
  { weight: 1, arbitrary: fc.record({ release: fc.constantFrom('1.0.0', '2.0.0') }) },
  { weight: 4, arbitrary: fc.constant({ write: true as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      restart: fc.constantFrom('all was written' as const, 'what was written last is lost' as const),
    }),
  },
);

const distinct = (uses: readonly Use[]) =>
  new Set(uses.map(({ user }) => user).filter((user) => user !== undefined)).size;

it('the book tells what a list of all uses would, whatever days, releases and restarts lie between', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      runtimeState.userHashKey = 'k1';
      runtimeState.release = undefined;
      let clocked: ClockedBook = clockedBook();
      let days = 0;
      const file = new Map<string, string>();
      let written: Use[] = [];
      let uses: Use[] = [];
      const write = (changes: Iterable<StateEntry>) => {
        for (const [key, value] of changes) {
          if (value === undefined) file.delete(key);
          else file.set(key, JSON.stringify(value));
        }
        written = [...uses];
      };
      for (const each of steps) {
        if ('use' in each) {
          const user = each.user === undefined ? undefined : `u${each.user}`;
          const { release } = runtimeState;
          uses.push({ day: 20_781 + days, release, feature: each.use, user, isFailure: each.isFailure });
          clocked.use(each.use, user, 'used', each.isFailure);
        } else if ('days' in each) {
          // what was let go because of its age does not come back with the clock
          days = Math.min(395, Math.max(0, days + each.days));
          clocked.onDay(days);
        } else if ('release' in each) {
          runtimeState.release = each.release;
        } else if ('write' in each) {
          write(clocked.state.takeChanges());
        } else {
          if (each.restart === 'all was written') write(clocked.state.takeChanges());
          clocked = clockedBook();
          clocked.onDay(days);
          const entries = [...file].map(([key, text]): StateEntry => [key, JSON.parse(text)]);
          expect(clocked.state.restore(entries, 1).refused).toBe(0);
          uses = [...written];
        }
      }
      const { query } = clocked;
      const today = 20_781 + days;
      const features = query.features({ since: 0, sort: 'name' });
      const past = uses.filter(({ day }) => day <= today && day > today - 396);
      expect(features.map(({ name }) => name)).toEqual([...new Set(past.map(({ feature }) => feature))].toSorted());
      for (const { name, uses: count, failures, users } of features) {
        const ofFeature = past.filter(({ feature }) => feature === name);
        const failed = ofFeature.filter(({ isFailure }) => isFailure);
        expect([name, count, failures, users]).toEqual([name, ofFeature.length, failed.length, distinct(ofFeature)]);
        const expected = [...new Set(ofFeature.map(({ day }) => day))]
          .toSorted((one, other) => one - other)
          .map((day) => {
            const ofDay = ofFeature.filter((use) => use.day === day);
            return [dayText(day), ofDay.length, distinct(ofDay)];
          });
        const told = query.feature(name, { since: 0 })?.days ?? [];
        expect(told.map(({ day, uses, users }) => [day, uses, users])).toEqual(expected);
      }
      const month = past.filter(({ day }) => day > today - 28);
      expect(query.activeUsers().monthly.users).toBe(distinct(month));
      expect(query.summary().month.uses).toBe(month.length);
      const releases = query.releases();
      const ran = new Set(month.map(({ release }) => release).filter((release) => release !== undefined));
      expect(new Set(releases.map(({ release }) => release))).toEqual(ran);
      for (const { release, uses: count, users } of releases) {
        const ofRelease = month.filter((use) => use.release === release);
        expect([release, count, users]).toEqual([release, ofRelease.length, distinct(ofRelease)]);
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);
