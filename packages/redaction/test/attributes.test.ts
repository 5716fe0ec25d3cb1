import { describe, expect, it } from 'vitest';
import { createRedactor, defaultRedactor } from '../src/index.js';

describe('attributes of the semantic conventions', () => {
  it.each([
    ['http.request.header.authorization', ['Bearer abc'], '[redacted]'],
    ['http.response.header.set-cookie', ['a=b'], '[redacted]'],
    ['http.request.header.x-note', ['mail mira@lund.example', 'x'], ['mail [redacted]', 'x']],
    ['db.query.parameter.password', 'abc', '[redacted]'],
    ['db.query.parameter.0', 'mira@lund.example', '[redacted]'],
    ['rpc.grpc.request.metadata.authorization', ['abc'], '[redacted]'],
    ['url.query', 'code=abc&x=1&sig=def', 'code=[redacted]&x=1&sig=[redacted]'],
    ['url.full', 'https://a:b@h/?key=abc', 'https://[redacted]@h/?key=[redacted]'],
    ['url.path', '/home/settings', '/home/settings'],
    ['process.command_args', ['node', 'a.js', '--password', 'hunter'], ['node', 'a.js', '--password', '[redacted]']],
    ['process.command_args', ['node', '--token', '--verbose'], ['node', '--token', '--verbose']],
    ['process.command_line', 'node a.js --api-key hunter', 'node a.js --api-key [redacted]'],
    ['headers', ['Host', 'h', 'Authorization', 'Bearer x'], ['Host', 'h', 'Authorization', '[redacted]']],
    ['names', ['authorization', 'cookie', 'host'], ['authorization', 'cookie', 'host']],
    ['user.phone', '030901820', '[redacted]'],
    ['user.phone', 5551234567, '[redacted]'],
    ['user.phone', 'none', 'none'],
    ['customer', 5551234567, 5551234567],
  ])('%s', (key, value, expected) => {
    expect(defaultRedactor.redactValue<unknown>(key, value)).toEqual(expected);
  });

  it.each([
    [
      "INSERT INTO users (name, password) VALUES ('mira', 'hunter2')",
      'INSERT INTO users (name, password) VALUES (?, ?)',
    ],
    ["SELECT * FROM a WHERE name = 'it''s' AND b = 2", 'SELECT * FROM a WHERE name = ? AND b = 2'],
    ['UPDATE a SET b = "hunter2" WHERE "c" = "d"."e"', 'UPDATE a SET b = ? WHERE "c" = "d"."e"'],
    ["SELECT 'never closed", 'SELECT ?'],
    ['{"find":"users","filter":{"name":"steel"},"tags":["a","b"]}', '{"find":?,"filter":{"name":?},"tags":[?,?]}'],
    ['{"find":"?","limit":"?"}', '{"find":"?","limit":"?"}'],
    ['SELECT a FROM b WHERE token = $1', 'SELECT a FROM b WHERE token = $1'],
    ['AUTH hunter2', 'AUTH [redacted]'],
    ['GET session:12', 'GET session:12'],
  ])('db.query.text has no literals: %s', (statement, expected) => {
    expect(defaultRedactor.redactValue('db.query.text', statement)).toBe(expected);
    expect(defaultRedactor.redactValue('db.statement', statement)).toBe(expected);
    expect(defaultRedactor.redactValue('db.query.text', expected)).toBe(expected);
  });
});

describe('ip addresses', () => {
  const redactor = createRedactor({ ipAddresses: true });

  it.each([
    ['from 203.0.113.7:443', 'from [redacted]:443'],
    ['from 10.1.2.3', 'from [redacted]'],
    ['[2001:db8::8a2e:370:7334]:443', '[[redacted]]:443'],
    ['fe80::1ff:fe23:4567:890a', '[redacted]'],
    ['2001:0db8:85a3:0000:0000:8a2e:0370:7334', '[redacted]'],
    ['http://203.0.113.7/a', 'http://[redacted]/a'],
  ])('are replaced on request: %s', (text, expected) => {
    expect(redactor.redactText(text)).toBe(expected);
    expect(defaultRedactor.redactText(text)).toBe(text);
  });

  it.each([
    '127.0.0.1:4318',
    '0.0.0.0',
    '[::1]:80',
    '::',
    'v1.2.3.4',
    'Chrome/120.0.0.0',
    '1.2.3.4.5',
    '256.1.1.1',
    '10:11:12',
    'a::b::c',
    'std::vector',
  ])('are not seen in %s', (text) => {
    expect(redactor.redactText(text)).toBe(text);
  });
});
