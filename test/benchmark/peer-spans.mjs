import { peerModule } from './peers.mjs';
import { otlpSpans } from './received-spans.mjs';

/** What the program gave to its spans, out of any of the three wires, in the order of their `sprites`. */
export async function essentialsOf(kept) {
  const spans = [...ofOtlp(kept), ...ofSentry(kept), ...(await ofDdTrace(kept))];
  return spans.sort((a, b) => a.sprites - b.sprites);
}

function ofOtlp(kept) {
  return otlpSpans(kept).map(({ name, attributes }) => ({
    name,
    romType: attributes.rom_type.stringValue,
    sprites: attributes.sprites.intValue,
  }));
}

/** An envelope: lines of JSON, of which an item's first says what its second is. */
function ofSentry(kept) {
  return kept
    .filter(({ path }) => path.includes('/envelope/'))
    .map(({ body }) =>
      Buffer.from(body, 'base64')
        .toString('utf8')
        .split('\n')
        .map((line) => JSON.parse(line)),
    )
    .flatMap((lines) => lines.filter((_line, index) => lines[index - 1]?.type === 'transaction'))
    .map(({ transaction, contexts }) => ({
      name: transaction,
      romType: contexts.trace.data.rom_type,
      sprites: contexts.trace.data.sprites,
    }));
}

/** An array of traces, each an array of spans. */
async function ofDdTrace(kept) {
  const requests = kept.filter(({ path }) => path.startsWith('/v0.4/traces'));
  if (requests.length === 0) return [];
  const { decode } = await import(peerModule('@msgpack/msgpack'));
  return requests
    .flatMap(({ body }) => decode(Buffer.from(body, 'base64'), { useBigInt64: true }))
    .flat()
    .map(({ name, meta, metrics }) => ({ name, romType: meta.rom_type, sprites: Number(metrics.sprites) }));
}
