import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redactAttribute, redactAttributes, redactKey, redactName } from '../src/redact-recorded.js';
import { initialState, runtimeState, type TextRedactor } from '../src/state.js';

let asked: string[] = [];
/** Takes out the word hush, and all that stands under the key `key`. */
const redactor: TextRedactor = {
  redactText: (text) => {
    asked.push(text);
    return text.replaceAll('hush', '***');
  },
  redactValue: <T>(key: string, value: T) => {
    if (key === 'key') return '***';
    if (Array.isArray(value)) return value.map((item) => String(item).replaceAll('hush', '***')) as T;
    return typeof value === 'string' ? redactor.redactText(value) : value;
  },
};

beforeEach(() => {
  asked = [];
  runtimeState.redactor = redactor;
});
afterEach(() => void Object.assign(runtimeState, initialState()));

describe('attributes that others recorded', () => {
  it('are the same object when nothing of them is to be redacted', () => {
    const attributes = Object.freeze({ a: 'x', b: 1, c: true, d: undefined });
    expect(redactAttributes(attributes)).toBe(attributes);
  });

  it('are redacted in key and value, in their order, and the given ones stay as they are', () => {
    const attributes = Object.freeze({ a: 'x', key: 7, hush: 'y', b: 'a hush b', list: ['hush', 'z'], last: 1 });
    const redacted = redactAttributes<Record<string, unknown>>(attributes);
    expect(redacted).toEqual({ a: 'x', key: '***', '***': 'y', b: 'a *** b', list: ['***', 'z'], last: 1 });
    expect(Object.keys(redacted)).toEqual(['a', 'key', '***', 'b', 'list', 'last']);
    expect(attributes.key).toBe(7);
  });

  it('whose keys come out as one keep the first and count the other', () => {
    expect(redactAttributes({ hush: 1, '***': 2 })).toEqual({ '***': 1 });
    expect(runtimeState.droppedAttributes).toBe(1);
  });

  it('that throw when they are read do not leave, and are counted', () => {
    const hostile = Object.defineProperty({ fine: 'hush' }, 'bad', {
      enumerable: true,
      get() {
        throw new Error('no');
      },
    });
    expect(redactAttributes(hostile)).toEqual({ fine: '***' });
    const { proxy, revoke } = Proxy.revocable({ a: 1 }, {});
    revoke();
    expect(redactAttributes(proxy)).toEqual({});
    expect(runtimeState.droppedAttributes).toBe(2);
  });

  it('are replaced where the policy itself throws', () => {
    runtimeState.redactor = {
      redactText: () => {
        throw new Error('no');
      },
      redactValue: () => {
        throw new Error('no');
      },
    };
    expect(redactAttributes({ a: 'hush' })).toEqual({ '[redacted]': '[redacted]' });
    expect(redactName('hush')).toBe('[redacted]');
  });

  it('pass where there is no policy', () => {
    runtimeState.redactor = undefined;
    const attributes = { key: 'hush' };
    expect(redactAttributes(attributes)).toBe(attributes);
    expect([redactKey('hush'), redactAttribute('key', 'hush'), redactName('hush')]).toEqual(['hush', 'hush', 'hush']);
  });
});

describe('what was found clean', () => {
  it('is not searched again under its key, and what was redacted is', () => {
    for (let round = 0; round < 3; round += 1) redactAttributes({ system: 'postgres', query: 'hush' });
    expect(asked).toEqual(['system', 'postgres', 'query', 'hush', 'hush', 'hush']);
  });

  it('is searched again by another policy', () => {
    expect(redactAttribute('a', 'quiet')).toBe('quiet');
    runtimeState.redactor = { ...redactor, redactValue: () => '+++' };
    expect(redactAttribute('a', 'quiet')).toBe('+++');
  });

  it('is bounded: of many values the early ones are searched again', () => {
    for (let index = 0; index < 10_000; index += 1) redactAttribute('id', `value ${index}`);
    asked = [];
    for (let round = 0; round < 3; round += 1) redactAttribute('id', 'value 0');
    expect(asked.filter((text) => text === 'value 0')).toEqual(['value 0']);
  });

  it('never lets a secret pass, in whatever order things come', () => {
    const text = fc.constantFrom('hush', 'a', 'b', 'x hush', 'key');
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 20 }), (pairs) => {
        for (const [key, value] of pairs) {
          expect(JSON.stringify(redactAttributes({ [key]: value }))).not.toContain('hush');
          expect(redactKey(key)).not.toContain('hush');
        }
      }),
    );
  });
});

describe('names', () => {
  it('are redacted as text, and behind an HTTP method as a URL, where the policy knows the difference', () => {
    expect(redactName('read hush')).toBe('read ***');
    expect(redactName('GET /hush')).toBe('GET /***');
    runtimeState.redactor = { ...redactor, redactUrl: (url) => `url of ${url}` };
    expect(redactName('GET /home/hush')).toBe('GET url of /home/hush');
    expect(redactName('get /home/hush')).toBe('get /home/***');
  });

  it('of any kind become text, and are cut', () => {
    runtimeState.attributeValueLength = 4;
    expect([redactName(undefined), redactName(12), redactName('abcdef')]).toEqual(['unde', '12', 'abcd']);
    const hostile = {
      toString() {
        throw new Error('no');
      },
    };
    expect(redactName(hostile)).toBe('[redacted]');
  });
});
