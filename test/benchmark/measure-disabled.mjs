import { resultOf } from './child-process.mjs';
import { interleaved } from './rounds.mjs';
import { alone } from './rows.mjs';
import { differences, median } from './statistics.mjs';

const EMPTY = 'an empty call';
const DISABLED = ['enabled: false', 'OTEL_SDK_DISABLED=true'];

/** operation() of a monitor that is disabled: nanoseconds of CPU that it adds to an empty call. */
export async function measureDisabled(_sink, { rounds, disabledCalls, say }) {
  const rows = [];
  for (const isAsync of [false, true]) {
    const form = isAsync ? 'async' : 'sync';
    const results = await interleaved([EMPTY, ...DISABLED], rounds, (variant, round) => {
      say(`disabled, ${form}, ${variant}: round ${round + 1} of ${rounds}`);
      const args = [JSON.stringify({ variant, isAsync, count: disabledCalls })];
      return resultOf('./disabled-child.mjs', {
        args,
        env: variant === DISABLED[1] ? { OTEL_SDK_DISABLED: 'true' } : {},
      });
    });
    const nanos = (variant) => results[variant].map(({ nanosPerCall }) => nanosPerCall);
    for (const variant of DISABLED) {
      rows.push(
        alone(`operation(), ${form}, disabled by \`${variant}\`: added to an empty call`, {
          unit: 'ns',
          ours: differences(nanos(variant), nanos(EMPTY)),
          limit: 30,
          note: `the empty call: ${median(nanos(EMPTY)).toFixed(1)} ns`,
        }),
      );
    }
  }
  return rows;
}
