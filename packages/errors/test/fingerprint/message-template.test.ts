import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageTemplate, messageTitle } from '../../src/fingerprint/message-template.js';

describe('the title of a message', () => {
  it.each([
    ['tile 12 out of range', 'tile <number> out of range'],
    ['12.5 % of 1,000,000 and -3e10', '<number> % of <number> and <number>'],
    ['#123 costs $12.50', '#<number> costs <number>'],
    ['version v1.2.3 of 2024', 'version v<number> of <number>'],
    ['0xdeadbeef is no address', '<id> is no address'],
    ['123e4567-e89b-12d3-a456-426614174000 is gone', '<id> is gone'],
    ['order order_8f3a2b failed', 'order order_<id> failed'],
    ['commit 3f2a9c1 of worker-12', 'commit <id> of worker-<number>'],
    ['session V1StGXR8_Z5jdHi6B-myT ended', 'session <token> ended'],
    ['session qzkfjwpx ended', 'session <id> ended'],
    ["user 'alice' not found", 'user <text> not found'],
    ['column "users"."id" of `shop`', 'column <text>.<text> of <text>'],
    ['“Zoë” and ‘Ann’ and «Bo»', '<text> and <text> and <text>'],
    ["don't can't won't", "don't can't won't"],
    ['the "unclosed quotation', 'the "unclosed quotation'],
    ["Cannot read properties of undefined (reading 'price')", "Cannot read properties of undefined (reading 'price')"],
    ["Cannot set properties of null (setting 'user-17')", 'Cannot set properties of null (setting <text>)'],
    ['mail to bob@example.com bounced', 'mail to <email> bounced'],
    ['connect ECONNREFUSED 10.0.0.5:5432', 'connect ECONNREFUSED <ip>'],
    ['connect ECONNREFUSED ::1:5432', 'connect ECONNREFUSED <ip>'],
    ['fe80::1%eth0 is far', '<ip> is far'],
    ['getaddrinfo ENOTFOUND cache', 'getaddrinfo ENOTFOUND <host>'],
    ['no answer of db-3.prod.internal:5432', 'no answer of <host>'],
    ['GET https://shop.example/orders/12?x=1 failed', 'GET <url> failed'],
    ['GET /orders/12 failed', 'GET <path> failed'],
    ['open C:\\Users\\bob\\a.txt', 'open <path>'],
    ['in src/orders/load.ts:12:3', 'in <path>'],
    ['text/html and/or n/a', 'text/html and/or n/a'],
    ['3/5 attempts', '<number> attempts'],
    ['due 2024-05-12T10:11:12.123Z', 'due <date>'],
    ['due 2024-05-12 10:11:12 or 12/05/2024 at 10:11', 'due <date> or <date> at <date>'],
    ['due Tue Nov 24 2026 12:00:32 GMT+0000 (Coordinated Universal Time)', 'due <date>'],
    ['due Tue, 24 Nov 2026 12:00:32 GMT', 'due <date>'],
    ['May I see March', 'May I see March'],
    ['timeout of 5000ms exceeded', 'timeout of <duration> exceeded'],
    ['took 3 seconds, 1h30m and 1.5s', 'took <duration> and <duration>'],
    ['12 MB of 1.5GiB', '<size> of <size>'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc123XYZ_-abc', 'token <token>'],
    ['key AKIAIOSFODNN7EXAMPLEabc/+=', 'key <token>'],
    ['got {"a":1,"b":[2,"}"]} instead', 'got <json> instead'],
    ['got [1,2,3] instead', 'got <json> instead'],
    ['cut off {"a":1,"b":', 'cut off <json>'],
    ['ids 1, 2, 3 not found', 'ids <number> not found'],
    ['id=42, status=failed', 'id=<number>, status=failed'],
    ['  many   spaces\n\tand lines ', 'many spaces and lines'],
    ['getUserByIdAndName is not a function', 'getUserByIdAndName is not a function'],
    ['日本語のメッセージ 12', '日本語のメッセージ <number>'],
    ['a<1 and b>2', 'a<<number> and b><number>'],
    ['', ''],
  ])('%s', (message, title) => {
    expect(messageTitle(message)).toBe(title);
  });
});

describe('the template of a message', () => {
  it.each([
    ['order 12345678 failed', 'order e33c50ff failed'],
    ['order 59d13ebb failed', 'order 5931234b failed'],
    ['12 MB are too much', '3.5GiB are too much'],
    ['gone 2024-05-12', 'gone 12'],
    ['ids 1, 2, 3 not found', 'ids a1b2c3 not found'],
    ['Unexpected end of JSON input at 7', 'Unexpected end of JSON input at 17 (line 1 column 5)'],
    ['tile 1\nof 3', 'tile 2 of 3'],
  ])('is the same: %s', (one, other) => {
    expect(messageTemplate(one)).toBe(messageTemplate(other));
  });

  it.each([
    ['user not found', 'order not found'],
    ['user 12 not found', 'user 12 not allowed'],
    ['cannot open', 'cannot close'],
    ["(reading 'price')", "(reading 'name')"],
    ['id=1', 'code=1'],
  ])('differs: %s', (one, other) => {
    expect(messageTemplate(one)).not.toBe(messageTemplate(other));
  });

  it('stays the same while what varies varies', () => {
    const value = fc.oneof(
      fc.nat().map(String),
      fc.uuid(),
      fc.nat(0xffffff).map((number) => number.toString(16).padStart(8, '0')),
      fc.string({ unit: fc.constantFrom(...'abcXYZ019 .,:/{}[]é'), maxLength: 40 }).map((text) => `'${text}'`),
      fc.ipV4(),
      fc.ipV6(),
      fc.webUrl({ withQueryParameters: true }).filter((url) => /\w$/.test(url) && !/['"`{]/.test(url)),
      fc.emailAddress().filter((address) => /^[\w.-]+@/.test(address)),
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((date) => date.toISOString()),
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }).map((date) => date.toUTCString()),
      fc.nat(99_999).map((number) => `${number}ms`),
      fc.tuple(fc.constantFrom('srv', 'home', 'tmp'), fc.nat()).map(([folder, number]) => `/${folder}/${number}/x.dat`),
      fc
        .jsonValue({ depthSize: 'small' })
        .map((json) => JSON.stringify({ json }))
        .filter((text) => text.length < 300),
    );
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(messageTemplate(`order ${one} failed`)).toBe('order <> failed');
        expect(messageTemplate(`from ${one}, ${other} to nowhere`)).toBe('from <> to nowhere');
      }),
      { numRuns: 500 },
    );
  });

  it('of a thousand random ids of any usual alphabet is nearly always the same', () => {
    const alphabets = [
      '0123456789',
      '0123456789abcdef',
      '0123456789abcdefghijklmnopqrstuvwxyz',
      '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
    ];
    for (const alphabet of alphabets) {
      const templates = new Map<string, number>();
      for (let count = 0; count < 1000; count += 1) {
        const id = Array.from({ length: 10 }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join('');
        const template = messageTemplate(`order ${id} failed`);
        templates.set(template, (templates.get(template) ?? 0) + 1);
      }
      // where there are letters ten signs may have no digit and look like a word: of 36 signs some in a thousand do
      expect(templates.get('order <> failed')).toBeGreaterThanOrEqual(alphabet.length > 10 ? 985 : 1000);
    }
  });
});

describe('any text', () => {
  it.each(['a<1', 'x1<', '<1<2<3', 'a1<b>2'])('with signs of placeholders has one: %s', (message) => {
    expect(messageTemplate(message).length).toBeLessThan(20);
  });

  it('has a template that is bounded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (message) => {
        expect(messageTemplate(message).length).toBeLessThanOrEqual(6 * 1024);
        expect(messageTitle(message).length).toBeLessThanOrEqual(9 * 1024);
      }),
    );
  });

  it.each([
    "'",
    '"',
    '[',
    '{',
    '{"',
    '[1',
    '(',
    'a=',
    ':',
    '/',
    '\\',
    '.',
    '-',
    '1',
    'a1',
    '@',
    'a@',
    ' ',
    "'a",
    '=[',
    'Mon ',
    '1-',
    '::',
    'a.',
    '<',
  ])('made of %o alone takes time that is linear in what is read of it', (sign) => {
    const message = sign.repeat(Math.ceil(1024 / sign.length));
    const once = () => messageTemplate(message);
    for (let round = 0; round < 20; round += 1) once();
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 20; round += 1) {
      const start = performance.now();
      once();
      best = Math.min(best, performance.now() - start);
    }
    // a thousand characters; a quadratic rule would take many times as long
    expect(best).toBeLessThan(5);
  });
});
