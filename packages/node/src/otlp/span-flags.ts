/** Bits of a span's flags above the W3C ones: whether it is known that the context came from elsewhere, and whether it did. */
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

/** The flags of a span or link in OTLP, `origin` being the parent's or the linked context (trace.proto, "SpanFlags"). */
export function spanFlags(traceFlags: number, origin: { readonly isRemote?: boolean } | undefined): number {
  return (traceFlags & 0xff) | HAS_IS_REMOTE | (origin?.isRemote ? IS_REMOTE : 0);
}
